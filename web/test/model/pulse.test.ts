import { expect, test } from "vitest";
import { feelings, marksOf, paceOf, paces } from "../../src/model/pulse.ts";

test("each feeling is drawn as often as people had it", () => {
  const marks = marksOf({ applause: 3, heart: 1, nonsense: 7 }, 10, () => 0.5);
  expect(marks.map((m) => m.feeling)).toEqual(["applause", "applause", "applause", "heart"]);
  expect(marks.map((m) => m.key)).toEqual([10, 11, 12, 13]);
  expect(marks.every((m) => m.at === 0.5 && m.after === 120)).toBe(true);
});

test("a crowd is drawn in proportion, and never more than can be told apart", () => {
  const marks = marksOf({ applause: 3_000, hand: 1 }, 0);
  expect(marks.length).toBeLessThanOrEqual(20);
  expect(marks.filter((m) => m.feeling === "applause").length).toBeGreaterThan(15);
  expect(marksOf({}, 0)).toEqual([]);
});

test("the loudest word about the pace comes first", () => {
  expect(paceOf({ slow: 2, lost: 5 })).toEqual([
    { pace: "lost", n: 5 },
    { pace: "slow", n: 2 },
    { pace: "fast", n: 0 },
  ]);
  expect(paceOf(undefined).every(({ n }) => n === 0)).toBe(true);
});

test("a feeling is no word about the pace", () => {
  expect(feelings.filter((one) => (paces as readonly string[]).includes(one))).toEqual([]);
});
