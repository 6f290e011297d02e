import { POINTS, sum } from "./answers.ts";

/** Points of each option, in their order. */
export type Points = readonly number[];

export const noPoints = (options: number): Points => Array.from({ length: options }, () => 0);

/** What is not given away yet. */
export const rest = (points: Points): number => POINTS - sum(points);

/** Gives one option so many points, as far as there are any; the others keep theirs. */
export function give(points: Points, option: number, n: number): Points {
  const most = rest(points) + (points[option] ?? 0);
  return points.with(option, Math.max(0, Math.min(Math.round(n) || 0, most)));
}
