import { describe, expect, test } from "vitest";
import { langsOf } from "../../src/model/langs.ts";
import { calm, filtered, listed, readFilter } from "../../src/model/questions.ts";
import { queued } from "../../src/model/queue.ts";
import type { Question, SessionDoc } from "../../src/model/session.ts";
import { chance } from "../random.ts";

const q = (at: number, state: Question["state"] = "live"): Question => ({ text: "t", at, state });
const doc: SessionDoc = {
  question: { a: q(1), b: q(2), c: q(2), d: q(3, "pending"), e: q(9) },
  votes: { a: { n: 1 }, b: { n: 5 }, c: { n: 5 }, e: { n: 1 } },
};
const ids = (order: "popular" | "newest" | "oldest") => listed(doc, ["live"], order).map((l) => l.id);

describe("the order", () => {
  test("by votes, then who asked first, then by id", () => expect(ids("popular")).toEqual(["b", "c", "a", "e"]));
  test("the newest first", () => expect(ids("newest")).toEqual(["e", "c", "b", "a"]));
  test("the oldest first", () => expect(ids("oldest")).toEqual(["a", "b", "c", "e"]));
  test("a question without votes counts as none", () => {
    expect(listed({ question: { x: q(1) } }, ["live"], "popular")[0]?.votes).toBe(0);
  });
});

describe("the list", () => {
  const minute = 60_000;
  const some: SessionDoc = {
    question: {
      old: { ...q(0), lang: "fr", labels: [2] },
      fresh: { ...q(55 * minute), lang: "ar", starred: 9 },
      pinned: { ...q(1), pinned: true, merged: ["mine"], starred: 3 },
    },
    votes: { old: { n: 9, down: 2 }, fresh: { n: 5 }, pinned: { n: 0 } },
  };
  const all = listed(some, ["live"], "trending", 60 * minute);
  const of = (choice: string) =>
    filtered(all, readFilter(choice), { asked: { mine: { text: "t", at: 1, state: "merged" } } });

  test("has what is pinned first, and what rises before what is old", () => {
    expect(all.map(({ id }) => id)).toEqual(["pinned", "fresh", "old"]);
    expect(listed(some, ["live"], "popular").map(({ id, score }) => [id, score])).toEqual([
      ["pinned", 0],
      ["old", 7],
      ["fresh", 5],
    ]);
  });
  test("can be narrowed to a label, a language, and one's own, also where it was merged", () => {
    expect(of("all")).toHaveLength(3);
    expect(of("label 2").map(({ id }) => id)).toEqual(["old"]);
    expect(of("lang ar").map(({ id }) => id)).toEqual(["fresh"]);
    expect(of("mine").map(({ id }) => id)).toEqual(["pinned"]);
    expect(langsOf(all)).toEqual(["ar", "fr"]);
  });
  test("of the stage is in the order of queueing", () => {
    expect(queued(some).map(({ id }) => id)).toEqual(["pinned", "fresh"]);
  });
});

describe("a calm order", () => {
  test("stays while it is as it should be", () => {
    expect(calm(["a", "b"], ["a", "b"])).toEqual({ order: ["a", "b"], waiting: 0 });
  });
  test("lets go what is gone, keeps the rest where it was, and counts what waits", () => {
    expect(calm(["a", "b", "c"], ["c", "a", "x"])).toEqual({ order: ["a", "c"], waiting: 3 });
  });
  test("never shows what is not there, never twice, and waits for nothing only if it is ideal", () => {
    const random = chance(7);
    const some = (): string[] => [..."abcdefg"].filter(() => random() < 0.6).sort(() => random() - 0.5);
    for (let i = 0; i < 500; i++) {
      const [shown, ideal] = [some(), some()];
      const { order, waiting } = calm(shown, ideal);
      expect(new Set(order).size).toBe(order.length);
      expect(order.every((id) => ideal.includes(id) && shown.includes(id))).toBe(true);
      expect(waiting === 0).toBe(order.join() === ideal.join());
    }
  });
});
