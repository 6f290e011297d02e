import { expect, test } from "vitest";
import type { SessionDoc } from "../../src/model/session.ts";
import { listedSteps, newestStep, ownStep } from "../../src/model/steps.ts";

const doc: SessionDoc = {
  step: {
    9: { did: "question.approve", at: 1, by: 1, id: "a", n: 1 },
    12: { did: "question.approve", at: 2, by: 2, id: "b", n: 1 },
    103: { did: "question.approve", at: 3, by: 1, id: "b", n: 2 },
    104: { did: "question.approve", at: 4, by: 1, id: "c", n: 1, undone: 105 },
  },
};
const mine = { me: { _: { staff: 1 } } };

test("steps stand by number, not by letter", () => {
  expect(listedSteps(doc).map(({ id }) => id)).toEqual(["104", "103", "12", "9"]);
  expect(newestStep(doc)).toBe(104);
  expect(newestStep({})).toBe(0);
});

test("the step that I just made is mine, of that kind, of those questions, and not taken back yet", () => {
  expect(ownStep(doc, mine, "question.approve", ["a", "b"], 12)).toBe("103");
  expect(ownStep(doc, mine, "question.approve", ["b"], 9)).toBe("103");
  expect(ownStep(doc, mine, "question.approve", ["c"], 9)).toBeUndefined();
  expect(ownStep(doc, mine, "question.approve", ["a"], 9)).toBeUndefined();
  expect(ownStep(doc, mine, "question.dismiss", ["a"], 0)).toBeUndefined();
  expect(ownStep(doc, {}, "question.approve", ["a"], 0)).toBeUndefined();
});
