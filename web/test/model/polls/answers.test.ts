import { describe, expect, test } from "vitest";
import { fits, left, stepValue, voteOf } from "../../../src/model/answers.ts";
import { readDecimal, writeDecimal } from "../../../src/model/decimal.ts";
import { give, noPoints, rest } from "../../../src/model/points.ts";
import type { Answer, Kind, Poll } from "../../../src/model/poll.ts";
import { chance } from "../../random.ts";

const options = (n: number) => Array.from({ length: n }, (_, i) => ({ id: i + 1, text: `o${i}` }));
const poll = (kind: Kind, more: Partial<Poll> = {}): Poll => ({
  title: "t",
  kind,
  options: options(3),
  min: 1,
  max: 1,
  state: "open",
  results: "shown",
  at: 1,
  ...more,
});

describe("an answer may be sent", () => {
  const cases: [string, Poll, Answer | undefined, boolean][] = [
    ["nothing", poll("single"), undefined, false],
    ["one of a single choice", poll("single"), { choice: [1] }, true],
    ["two of a single choice", poll("single"), { choice: [1, 2] }, false],
    ["fewer than asked", poll("multiple", { min: 2, max: 3 }), { choice: [1] }, false],
    ["as many as asked", poll("multiple", { min: 2, max: 3 }), { choice: [1, 3] }, true],
    ["more than asked", poll("multiple", { min: 1, max: 2 }), { choice: [1, 2, 3] }, false],
    ["a part of a ranking", poll("ranking", { max: 3 }), { ranks: [[2, 3]] }, true],
    ["more ranks than are taken", poll("ranking", { max: 2 }), { ranks: [[2, 3], [1]] }, false],
    ["a hundred points", poll("points"), { points: [50, 50, 0] }, true],
    ["ninety-nine points", poll("points"), { points: [50, 49, 0] }, false],
    ["points of too few options", poll("points"), { points: [50, 50] }, false],
    ["a number", poll("number"), { number: -3 }, true],
    ["a number below the least", poll("number", { low: 0 }), { number: -3 }, false],
    ["a number at the edge", poll("number", { low: 0, high: 7 }), { number: 7 }, true],
    ["a text", poll("text"), { words: [" yes "] }, true],
    ["a blank text", poll("text"), { words: ["  "] }, false],
    ["a text that is too long", poll("text"), { words: ["x".repeat(281)] }, false],
    ["words with a field left empty", poll("cloud", { max: 3 }), { words: ["a", ""] }, true],
    ["a word that is too long", poll("cloud", { max: 3 }), { words: ["a", "x".repeat(41)] }, false],
    ["anything to a survey itself", poll("survey"), { choice: [1] }, false],
  ];
  test.each(cases)("%s", (_, asked, answer, may) => expect(fits(asked, answer)).toBe(may));
});

test("a command says the answer alone, trimmed, and how a cloud cuts its words", () => {
  expect(voteOf("p", poll("quiz"), { choice: [2], score: 700 })).toEqual({ type: "poll.vote", id: "p", choice: [2] });
  expect(voteOf("p", poll("cloud", { split: true, stop: "en" }), { words: [" sun ", ""] })).toEqual({
    type: "poll.vote",
    id: "p",
    words: ["sun"],
    split: true,
    stop: "en",
  });
  expect(voteOf("p", poll("text", { max: 2 }), { words: ["a"] })).toEqual({ type: "poll.vote", id: "p", words: ["a"] });
});

test("the first step of a recommendation is nought, of all others one", () => {
  expect([stepValue(poll("nps"), 1), stepValue(poll("nps"), 11), stepValue(poll("rating"), 1)]).toEqual([0, 10, 1]);
});

test("what is left of a word is counted as people do", () => expect(left(poll("cloud"), "🇦🇪é")).toBe(38));

describe("a number as it is typed", () => {
  test.each([
    ["12", 0, 12],
    ["12.5", 1, 125],
    ["12,5", 1, 125],
    ["١٢٫٥", 1, 125],
    ["۱۲", 0, 12],
    ["１２", 0, 12],
    ["1 000 000", 0, 1_000_000],
    ["-3", 0, -3],
    ["−3.10", 2, -310],
    ["-0", 0, 0],
    ["12.50", 1, 125],
    ["12.", 0, 12],
    ["12.55", 1, undefined],
    ["1,000", 0, undefined],
    ["١٬٠٠٠", 0, undefined],
    ["1.000", 2, undefined],
    ["1.000", 3, 1000],
    ["", 0, undefined],
    ["abc", 0, undefined],
    ["1e5", 0, undefined],
    ["9999999999999999", 0, undefined],
  ] as const)("%s with %d decimals", (text, decimals, n) => expect(readDecimal(text, decimals)).toBe(n));

  test("comes back as it was written", () => {
    const random = chance(7);
    for (let i = 0; i < 500; i++) {
      const decimals = Math.floor(random() * 7);
      const n = Math.floor((random() - 0.5) * 10 ** (1 + random() * 11));
      expect(readDecimal(writeDecimal(n, decimals), decimals)).toBe(n);
    }
  });
});

test("however points are moved, never more than a hundred are given, and none is negative", () => {
  const random = chance(11);
  let points = noPoints(5);
  for (let i = 0; i < 2_000; i++) {
    points = give(points, Math.floor(random() * 5), random() * 140 - 20);
    expect(rest(points)).toBeGreaterThanOrEqual(0);
    expect(points.every((p) => p >= 0 && Number.isInteger(p))).toBe(true);
  }
  expect(give([40, 40, 20], 0, Number.NaN)).toEqual([0, 40, 20]);
});
