import { expect, test } from "vitest";
import { isReviewed, type SessionDoc, settingsOf } from "../../src/model/session.ts";
import { listedSteps, newestStep, ownStep, waits } from "../../src/model/steps.ts";

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

const wishing = (wishes: object): SessionDoc =>
  ({ stage: { _: { question: null, poll: null, wishes } } }) as SessionDoc;

test("what waits for another moderator is my own wish for the same", () => {
  const wished = wishing({ others: [{ did: "poll.reveal", id: "a", by: 1 }] });
  expect(waits(wished, mine, "poll.reveal", ["a"])).toBe(true);
  expect(waits(wished, mine, "poll.reveal", ["b"])).toBe(false);
  expect(waits(wished, mine, "poll.hide", ["a"])).toBe(false);
  expect(waits(wished, { me: { _: { staff: 3 } } }, "poll.reveal", ["a"])).toBe(false);
  expect(waits(wishing({ note: { id: "n", by: 1 } }), mine, "stage.announce", ["n"])).toBe(true);
});

test("what waits is a poll that I opened first, or a question that I approved first", () => {
  const first = { poll: { p: { eye: 1 } }, question: { q: { eye: 3 } } } as unknown as SessionDoc;
  expect(waits(first, mine, "poll.open", ["p"])).toBe(true);
  expect(waits(first, mine, "question.approve", ["q"])).toBe(false);
  expect(waits(first, {}, "poll.open", ["x"])).toBe(false);
});

test("questions are reviewed by rule, or because it takes two to show one", () => {
  const settings = settingsOf({});
  expect(isReviewed({ ...settings, moderation: false })).toBe(false);
  expect(isReviewed({ ...settings, moderation: true })).toBe(true);
  expect(isReviewed({ ...settings, moderation: false, eyes: true })).toBe(true);
});
