/** A ballot: groups from best to worst; those of one group are tied. */
export type Ranks = readonly (readonly number[])[];

/** Puts an option behind all others, on a place of its own. */
export const append = (ranks: Ranks, option: number): Ranks => [...without(ranks, option), [option]];

export const without = (ranks: Ranks, option: number): Ranks =>
  ranks.map((group) => group.filter((one) => one !== option)).filter((group) => group.length > 0);

export const placeOf = (ranks: Ranks, option: number): number => ranks.findIndex((group) => group.includes(option));

/**
 * Moves an option one place up (−1) or down (1). One that is tied leaves its
 * group; one that stands alone changes places with its neighbour.
 */
export function move(ranks: Ranks, option: number, by: -1 | 1): Ranks {
  const at = placeOf(ranks, option);
  const group = ranks[at];
  if (!group) return ranks;
  const rest = without(ranks, option);
  const to = group.length > 1 ? (by < 0 ? at : at + 1) : at + by;
  return to < 0 || to > rest.length ? ranks : rest.toSpliced(to, 0, [option]);
}

/** Puts an option on a place of its own, so that it stands there afterwards. */
export function put(ranks: Ranks, option: number, place: number): Ranks {
  const rest = without(ranks, option);
  return rest.toSpliced(Math.max(0, Math.min(place, rest.length)), 0, [option]);
}

/** Ties an option with the group above it. */
export function tie(ranks: Ranks, option: number): Ranks {
  const at = placeOf(ranks, option);
  const [above, group] = [ranks[at - 1], ranks[at]];
  if (!above || !group) return ranks;
  const left = group.filter((one) => one !== option);
  const joined = [...above, option].sort((a, b) => a - b);
  return ranks.toSpliced(at - 1, 2, joined, ...(left.length > 0 ? [left] : []));
}
