import { describe, expect, test } from "vitest";
import type { Kind, Poll, Tally } from "../../../src/model/poll.ts";
import { listedPolls, questionsOf } from "../../../src/model/polls.ts";
import { along, isRight, outcomes, ownScore, placed, promotion, steps } from "../../../src/model/results.ts";
import { isOpen, settingsOf } from "../../../src/model/session.ts";
import { hallSees, mayAnswer, seesCounts, textsOf } from "../../../src/model/sight.ts";

const options = (n: number) => Array.from({ length: n }, (_, i) => ({ id: i + 1, text: `o${i + 1}` }));
const poll = (kind: Kind = "single", more: Partial<Poll> = {}): Poll => ({
  title: "t",
  kind,
  options: options(2),
  state: "open",
  results: "shown",
  at: 1,
  ...more,
});
const live = { ...settingsOf({}), live: true };

describe("what was chosen", () => {
  const shares = (p: Poll, t: Tally) => outcomes(p, t)?.map((b) => [b.share, b.leads]);
  test("is shares of the people, and is not there while hidden", () => {
    expect(shares(poll(), { people: 4, counts: [3, 4] })).toEqual([
      [0.75, false],
      [1, true],
    ]);
    expect(shares(poll(), { people: 0, counts: [0, 0] })).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(shares(poll(), { people: 4 })).toBeUndefined();
  });
  test("is shares of all points where points are given", () =>
    expect(shares(poll("points"), { people: 2, counts: [50, 150] })).toEqual([
      [0.25, false],
      [0.75, true],
    ]));
});

describe("a ranking", () => {
  const ranking = poll("ranking", { options: options(4) });
  const tally = { people: 5, won: [2, 8, 4, 4], met: [10, 10, 10, 10] };
  const places = (t: Tally) => placed(ranking, t)?.map((o) => [o.id, o.place]);
  test("is in the order of the comparisons won until the order is told; ties share a place", () =>
    expect(places(tally)).toEqual([
      [2, 1],
      [3, 2],
      [4, 2],
      [1, 4],
    ]));
  test("is in the order that the hub tells, whatever was won", () =>
    expect(places({ ...tally, order: [[1, 3], [4], [2]] })).toEqual([
      [1, 1],
      [3, 1],
      [4, 3],
      [2, 4],
    ]));
  test("is not there while hidden", () => expect(placed(ranking, { people: 5 })).toBeUndefined());
  test("of nobody has no leader", () =>
    expect(placed(ranking, { people: 0, won: [0, 0, 0, 0], met: [0, 0, 0, 0] })?.some((o) => o.leads)).toBe(false));
});

describe("a scale", () => {
  test("has the mean of its values", () => {
    expect(steps(poll("rating", { steps: 3 }), { people: 4, counts: [1, 0, 3] })?.mean).toBe(2.5);
    expect(steps(poll("rating", { steps: 3 }), { people: 0, counts: [0, 0, 0] })?.mean).toBeUndefined();
    expect(steps(poll("rating"), { people: 4 })).toBeUndefined();
  });
  test("of recommendation has groups and a score", () => {
    const found = steps(poll("nps", { steps: 11 }), { people: 10, counts: [1, 0, 0, 0, 0, 0, 1, 2, 0, 1, 5] });
    expect(found?.steps[0]?.value).toBe(0);
    expect(found && promotion(found)).toEqual({ promoters: 0.6, passives: 0.2, detractors: 0.2, score: 40 });
  });
});

test("a number stands along the bins", () => {
  const spread = { low: 0, q1: 0, median: 0, q3: 0, high: 0, from: 100, width: 50, bins: [1, 1] };
  expect([90, 100, 150, 200, 300].map((n) => along(spread, n))).toEqual([0, 0, 0.5, 1, 1]);
});

describe("who sees the counts", () => {
  const of = (results: Poll["results"], state: Poll["state"], answered: boolean) =>
    seesCounts(poll("single", { results, state }), answered);
  test("follows the poll's rule", () => {
    expect([of("hidden", "closed", true), of("shown", "open", false)]).toEqual([false, true]);
    expect([of("closed", "open", true), of("closed", "closed", false)]).toEqual([false, true]);
    expect([of("voted", "open", false), of("voted", "open", true), of("voted", "closed", false)]).toEqual([
      false,
      true,
      true,
    ]);
  });
  test("is the hall where the poll says so, if the page was told", () => {
    const hidden = poll("single", { results: "hidden", screen: true });
    expect(hallSees(hidden, { people: 1, counts: [1, 0] })).toBe(true);
    expect(hallSees(hidden, { people: 1 })).toBe(false);
    expect(hallSees(poll("single", { results: "hidden" }), { people: 1, counts: [1, 0] })).toBe(false);
    expect(hallSees(poll("number", { screen: true }), { people: 0 })).toBe(true);
  });
});

test("no answer is taken on a closed board, or when the time is over", () => {
  expect(isOpen(live, poll())).toBe(true);
  expect(isOpen(settingsOf({}), poll())).toBe(false);
  const ends = poll("single", { closes: 5_000 });
  expect([mayAnswer(live, ends, 4_999), mayAnswer(live, ends, 5_000), mayAnswer(live, poll(), 9e12)]).toEqual([
    true,
    false,
    true,
  ]);
});

describe("polls", () => {
  test("stand open ones first, the newest first; a survey's questions in it", () => {
    const doc = {
      poll: {
        a: poll("single", { state: "closed", at: 9 }),
        b: poll("single", { at: 1, opened: 3 }),
        c: poll("survey", { at: 2, opened: 2 }),
        d: poll("single", { state: "draft" }),
        e: poll("single", { state: "archived" }),
        f: poll("single", { in: "c", at: 5 }),
        g: poll("single", { in: "c", at: 4 }),
      },
    };
    expect(listedPolls(doc).map((p) => p.id)).toEqual(["b", "c", "d", "a", "e"]);
    expect(questionsOf(doc, "c").map((p) => p.id)).toEqual(["g", "f"]);
  });
  test("show a person what only those see who have answered", () => {
    const doc = { poll: { a: poll() }, tally: { a: { people: 3 } } };
    expect(listedPolls(doc)[0]?.tally).toEqual({ people: 3 });
    expect(listedPolls(doc, { result: { a: { people: 3, counts: [1, 2] } } })[0]?.tally.counts).toEqual([1, 2]);
  });
});

test("texts are those of their poll, newest first", () => {
  const text = (of: string, n: number) => ({ poll: of, n, text: `${n}`, at: n });
  const doc = { text: { "a.2": text("a", 2), "b.1": text("b", 1), "a.10": text("a", 10) } };
  expect(textsOf(doc, "a").map((one) => one.n)).toEqual([10, 2]);
});

describe("a quiz", () => {
  const quiz = (right?: number[]) => poll("quiz", right ? { right, solved: true, state: "closed" } : {});
  test("is right with all right answers and no other", () => {
    expect(isRight(quiz(), [1])).toBeUndefined();
    expect([[1], [1, 2], [2, 1], [2]].map((choice) => isRight(quiz([1, 2]), choice))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  test("counts what is solved, and ranks by who has more", () => {
    const doc = {
      poll: { a: quiz([1]), b: quiz([2]), c: quiz(), d: quiz([1]) },
      leaderboard: {
        _: {
          of: 3,
          people: 9,
          scores: [
            [2000, 1],
            [1000, 3],
            [700, 2],
          ] as const,
          top: [],
        },
      },
    };
    const answer = { a: { choice: [1], score: 700 }, b: { choice: [1], score: 900 }, c: { choice: [1], score: 1000 } };
    expect(ownScore(doc, { answer })).toEqual({ score: 700, right: 1, answered: 2, rank: 5 });
    expect(ownScore({ poll: doc.poll }, {})).toEqual({ score: 0, right: 0, answered: 0, rank: undefined });
    // Below the last score that is listed nobody knows how many are ahead.
    const low = { a: { choice: [1], score: 600 } };
    expect(ownScore(doc, { answer: low })).toEqual({ score: 600, right: 1, answered: 1, rank: undefined });
  });
});
