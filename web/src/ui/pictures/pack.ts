/** Sizes in any unit; places are of the upper left corner. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Placed extends Box, Place {}

/** Room around each box, of its height. */
const AIR = 0.06;
/** Along each side of a box, these parts of the way are tried as neighbours. */
const ALONG = [0.5, 0, 1, 0.25, 0.75];

/**
 * Lays boxes out around a middle without overlap: the first in the middle, each
 * next beside one that stands, where it is nearest to the middle and free; near
 * is measured in a frame as wide as `aspect` (width by height) says. A function
 * of its input alone. The middle is 0, 0.
 */
export function pack(boxes: readonly Box[], aspect: number): Place[] {
  const placed: Placed[] = [];
  return boxes.map((box) => {
    const air = box.height * AIR;
    const wide = { width: box.width + 2 * air, height: box.height + 2 * air };
    const at = free(wide, placed, aspect);
    placed.push({ ...wide, ...at });
    return { x: at.x + air, y: at.y + air };
  });
}

function free(box: Box, placed: readonly Placed[], aspect: number): Place {
  const far = ({ x, y }: Place): number => (x + box.width / 2) ** 2 / aspect + (y + box.height / 2) ** 2 * aspect;
  const tried = placed
    .flatMap((other) => beside(box, other))
    .map((at) => ({ at, far: far(at) }))
    .sort((a, b) => a.far - b.far);
  const found = tried.find(({ at: { x, y } }) => {
    const there = { x, y, width: box.width, height: box.height };
    return !placed.some((other) => overlap(there, other));
  });
  return found?.at ?? { x: -box.width / 2, y: -box.height / 2 };
}

/** Where a box may touch another: above and below, before and behind. */
function beside(box: Box, other: Placed): Place[] {
  return ALONG.flatMap((part) => {
    const x = other.x + part * (other.width - box.width);
    const y = other.y + part * (other.height - box.height);
    return [
      { x, y: other.y - box.height },
      { x, y: other.y + other.height },
      { x: other.x - box.width, y },
      { x: other.x + other.width, y },
    ];
  });
}

/** Less than this of each other is touching: sums of fractions are not exact. */
const TOUCH = 1e-6;

export const overlap = (a: Placed, b: Placed): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > TOUCH &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > TOUCH;

/**
 * The places moved and scaled so that all boxes stand in the frame, in its
 * middle; letters grow with the scale, `most` at the most.
 */
export function scaled(
  boxes: readonly Box[],
  places: readonly Place[],
  frame: Box,
  most: number,
): { scale: number; places: Place[] } {
  const left = Math.min(...places.map((p) => p.x));
  const top = Math.min(...places.map((p) => p.y));
  const width = Math.max(...places.map((p, i) => p.x + (boxes[i]?.width ?? 0))) - left;
  const height = Math.max(...places.map((p, i) => p.y + (boxes[i]?.height ?? 0))) - top;
  const scale = Math.min(most, frame.width / width, frame.height / height);
  const x = (frame.width - width * scale) / 2;
  const y = (frame.height - height * scale) / 2;
  return { scale, places: places.map((p) => ({ x: x + (p.x - left) * scale, y: y + (p.y - top) * scale })) };
}
