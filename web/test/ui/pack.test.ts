import { describe, expect, test } from "vitest";
import { type Box, overlap, pack, scaled } from "../../src/ui/pictures/pack.ts";
import { chance } from "../random.ts";

/** Boxes as words have them: a few large ones, many small ones. */
function boxes(n: number, seed: number): Box[] {
  const random = chance(seed);
  return Array.from({ length: n }, (_, i) => {
    const height = 20 + 60 / (1 + i / 4);
    return { width: height * (1 + random() * 6), height };
  });
}

describe.each([
  [1, 1.6],
  [7, 1],
  [40, 2.4],
  [100, 0.8],
])("%d boxes around a middle, %d times as wide as high", (n, aspect) => {
  test("do not overlap, the first in the middle", () => {
    for (const seed of [1, 2, 3]) {
      const all = boxes(n, seed);
      const placed = pack(all, aspect).map((at, i) => ({ ...at, ...(all[i] ?? { width: 0, height: 0 }) }));
      expect(placed.filter((a, i) => placed.slice(0, i).some((b) => overlap(a, b)))).toEqual([]);
      const first = placed[0];
      expect(first && [first.x + first.width / 2, first.y + first.height / 2].map(Math.round).map(Math.abs)).toEqual([
        0, 0,
      ]);
    }
  });
  test("stand in the same places whenever they are the same", () =>
    expect(pack(boxes(n, 5), aspect)).toEqual(pack(boxes(n, 5), aspect)));
  test("stand where they stood among more of them", () => {
    const all = boxes(n, 4);
    const some = Math.ceil(n / 2);
    expect(pack(all.slice(0, some), aspect)).toEqual(pack(all, aspect).slice(0, some));
  });
  test("stand in the frame when scaled", () => {
    const all = boxes(n, 9);
    const frame = { width: 800, height: 300 };
    const { scale, places } = scaled(all, pack(all, frame.width / frame.height), frame, 3);
    expect(scale).toBeLessThanOrEqual(3);
    const out = places.filter(({ x, y }, i) => {
      const { width = 0, height = 0 } = all[i] ?? {};
      const right = x + width * scale - frame.width;
      return Math.min(x, y) < -0.01 || Math.max(right, y + height * scale - frame.height) > 0.01;
    });
    expect(out).toEqual([]);
  });
});
