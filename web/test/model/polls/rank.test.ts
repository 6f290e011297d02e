import { describe, expect, test } from "vitest";
import { append, move, placeOf, put, type Ranks, tie, without } from "../../../src/model/rank.ts";
import { chance } from "../../random.ts";

describe("a ballot", () => {
  test("grows at its end, and an option stands once", () => {
    expect(append(append([], 2), 1)).toEqual([[2], [1]]);
    expect(append([[2], [1]], 2)).toEqual([[1], [2]]);
  });
  test("lets neighbours change places, not beyond the ends", () => {
    expect(move([[1], [2]], 2, -1)).toEqual([[2], [1]]);
    expect(move([[1], [2]], 1, -1)).toEqual([[1], [2]]);
    expect(move([[1], [2]], 2, 1)).toEqual([[1], [2]]);
    expect(move([[1], [2]], 9, 1)).toEqual([[1], [2]]);
  });
  test("lets a tied option leave its group to either side", () => {
    expect(move([[1, 2], [3]], 2, -1)).toEqual([[2], [1], [3]]);
    expect(move([[1, 2], [3]], 2, 1)).toEqual([[1], [2], [3]]);
  });
  test("ties with the group above", () => {
    expect(tie([[2], [1], [3]], 1)).toEqual([[1, 2], [3]]);
    expect(tie([[2], [1, 3]], 3)).toEqual([[2, 3], [1]]);
    expect(tie([[2], [1]], 2)).toEqual([[2], [1]]);
  });
  test("puts an option where it is dropped", () => {
    expect(put([[1], [2], [3]], 3, 0)).toEqual([[3], [1], [2]]);
    expect(put([[1], [2], [3]], 1, 9)).toEqual([[2], [3], [1]]);
  });
  test("loses an option that is taken out", () => expect(without([[1, 2], [3]], 3)).toEqual([[1, 2]]));
});

test("whatever is done to a ballot, every option stands in it at most once and no group is empty", () => {
  const random = chance(3);
  const pick = (n: number): number => 1 + Math.floor(random() * n);
  const deeds: ((ranks: Ranks, option: number) => Ranks)[] = [
    append,
    without,
    tie,
    (r, o) => move(r, o, -1),
    (r, o) => move(r, o, 1),
    (r, o) => put(r, o, pick(7) - 1),
  ];
  let ranks: Ranks = [];
  for (let i = 0; i < 3_000; i++) {
    const option = pick(6);
    const before = ranks.flat().length;
    const there = placeOf(ranks, option) >= 0;
    const deed = deeds[pick(deeds.length) - 1] ?? append;
    ranks = deed(ranks, option);
    const all = ranks.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(ranks.every((group) => group.length > 0)).toBe(true);
    if (deed !== without && there) expect(all.length).toBe(before);
  }
});
