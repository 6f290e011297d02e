/** What people feel, and what they say of the pace: the hub's closed set. */
export const feelings = ["applause", "heart", "laugh", "surprise", "hand"] as const;
export type Feeling = (typeof feelings)[number];
export const paces = ["fast", "slow", "lost"] as const;
export type Pace = (typeof paces)[number];

/** Milliseconds for which what one says of the pace stands. */
export const PACE_STANDS = 60_000;

/** Marks that are drawn for one pulse at most: more cannot be told apart. */
const MOST = 20;

/** One mark on its way up; where it starts and how it sways is by chance. */
export interface Mark {
  readonly key: number;
  readonly feeling: Feeling;
  /** 0 to 1 across, and milliseconds after the others. */
  readonly at: number;
  readonly after: number;
}

/** The marks of one pulse: each feeling as often as people had it, or in proportion where there are too many. */
export function marksOf(
  reactions: Readonly<Record<string, number>>,
  first: number,
  random: () => number = Math.random,
  spread = 240,
): Mark[] {
  const all = feelings.map((feeling) => ({ feeling, n: reactions[feeling] ?? 0 })).filter(({ n }) => n > 0);
  const sum = all.reduce((total, { n }) => total + n, 0);
  const scale = Math.min(1, MOST / sum);
  return all
    .flatMap(({ feeling, n }) => Array.from({ length: Math.max(1, Math.round(n * scale)) }, () => feeling))
    .slice(0, MOST)
    .map((feeling, i) => ({ key: first + i, feeling, at: random(), after: Math.round(random() * spread) }));
}

/** How many say what of the pace, the loudest first, and of how many that are here. */
export function paceOf(pace: Readonly<Record<string, number>> | undefined): { pace: Pace; n: number }[] {
  return paces.map((one) => ({ pace: one, n: pace?.[one] ?? 0 })).sort((a, b) => b.n - a.n);
}
