import { isSteps, optionsOf, POINTS, stepsOf, stepValue, sum } from "./answers.ts";
import type { LeaderboardView, Past, Poll, Spread, Tally } from "./poll.ts";
import type { SessionDoc, SessionMine } from "./session.ts";

/** How one option came out. */
export interface Outcome {
  readonly id: number;
  readonly text: string;
  /** People who chose it, points, or comparisons won. */
  readonly count: number;
  /** Of the people who answered, of all points, of all comparisons: 0 to 1. */
  readonly share: number;
  readonly leads: boolean;
}

/** The options with their shares, in their order; undefined while the counts are hidden. */
export function outcomes(poll: Poll, tally: Tally): Outcome[] | undefined {
  const options = optionsOf(poll);
  const parts = options.map((_, i) => part(poll, tally, i));
  if (parts.some((p) => p === undefined)) return undefined;
  const most = Math.max(0, ...parts.map((p) => p?.share ?? 0));
  return options.map(({ id, text }, i) => {
    const { count, share } = parts[i] ?? { count: 0, share: 0 };
    return { id, text, count, share, leads: most > 0 && share === most };
  });
}

/** Of people also where one may tick several; of what was given away where points are. */
function part(poll: Poll, tally: Tally, i: number): { count: number; share: number } | undefined {
  if (poll.kind === "ranking") {
    const [won, met] = [tally.won?.[i], tally.met?.[i]];
    return won === undefined || met === undefined ? undefined : { count: won, share: ratio(won, met) };
  }
  const count = tally.counts?.[i];
  if (count === undefined) return undefined;
  return { count, share: ratio(count, poll.kind === "points" ? tally.people * POINTS : tally.people) };
}

const ratio = (a: number, b: number): number => (b > 0 ? Math.min(1, a / b) : 0);

/** An option of a ranking with its place; those of one group share it. */
export interface Placed extends Outcome {
  readonly place: number;
}

/**
 * A ranking from best to worst: in the order that all comparisons together make
 * (Schulze) once the hub tells it, until then by the share of comparisons won.
 */
export function placed(poll: Poll, tally: Tally): Placed[] | undefined {
  const all = outcomes(poll, tally);
  if (!all) return undefined;
  const groups = tally.order ?? tied(all);
  return groups.flatMap((group, g) => {
    const place = 1 + sum(groups.slice(0, g).map((before) => before.length));
    return group.flatMap((id) =>
      all.filter((o) => o.id === id).map((o) => ({ ...o, place, leads: place === 1 && o.count > 0 })),
    );
  });
}

function tied(all: readonly Outcome[]): number[][] {
  const groups: { share: number; ids: number[] }[] = [];
  for (const { id, share } of [...all].sort((a, b) => b.share - a.share || a.id - b.id)) {
    const last = groups.at(-1);
    if (last && last.share === share) last.ids.push(id);
    else groups.push({ share, ids: [id] });
  }
  return groups.map((g) => g.ids);
}

/** How the steps of a scale came out, and their mean. */
export interface Steps {
  readonly steps: readonly {
    readonly id: number;
    readonly value: number;
    readonly count: number;
    readonly share: number;
  }[];
  /** Undefined while nobody has answered. */
  readonly mean: number | undefined;
}

export function steps(poll: Poll, { people, counts }: Tally): Steps | undefined {
  if (!counts || !isSteps(poll.kind)) return undefined;
  const all = stepsOf(poll).map((id, i) => ({
    id,
    value: stepValue(poll, id),
    count: counts[i] ?? 0,
    share: ratio(counts[i] ?? 0, people),
  }));
  const answers = sum(all.map((s) => s.count));
  return { steps: all, mean: answers > 0 ? sum(all.map((s) => s.value * s.count)) / answers : undefined };
}

/** Those who would recommend it (9, 10), would not mind (7, 8), would warn (0 … 6), as shares; the score is the first less the last, −100 to 100. */
export interface Promotion {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  readonly score: number;
}

/** The group that a value from 0 to 10 stands in (Reichheld 2003). */
export const groupOf = (value: number): "promoters" | "passives" | "detractors" =>
  value >= 9 ? "promoters" : value >= 7 ? "passives" : "detractors";

export function promotion({ steps: all }: Steps): Promotion {
  const of = (group: string): number => sum(all.filter((s) => groupOf(s.value) === group).map((s) => s.count));
  const [promoters, passives, detractors] = [of("promoters"), of("passives"), of("detractors")];
  const people = promoters + passives + detractors;
  return {
    promoters: ratio(promoters, people),
    passives: ratio(passives, people),
    detractors: ratio(detractors, people),
    score: people > 0 ? Math.round((100 * (promoters - detractors)) / people) : 0,
  };
}

/** Where a number stands over the bins, 0 to 1 of their width. */
export function along({ from, width, bins }: Spread, n: number): number {
  const all = width * bins.length;
  return all > 0 ? Math.min(1, Math.max(0, (n - from) / all)) : 0;
}

export const pastOf = (doc: SessionDoc, id: string): readonly Past[] => doc.rounds?.[id]?.rounds ?? [];

/** What I have made of the quiz so far, of the questions that are solved. */
export interface Score {
  readonly score: number;
  readonly right: number;
  readonly answered: number;
  /** Undefined before the leaderboard has come. */
  readonly rank: number | undefined;
}

export function ownScore(doc: SessionDoc, mine: SessionMine): Score {
  const solved = Object.entries(doc.poll ?? {}).filter(([, p]) => p.kind === "quiz" && p.solved);
  const answers = solved.flatMap(([id, poll]) => {
    const answer = mine.answer?.[id];
    return answer?.choice ? [{ right: isRight(poll, answer.choice), score: answer.score ?? 0 }] : [];
  });
  const score = sum(answers.filter((a) => a.right).map((a) => a.score));
  const board = doc.leaderboard?.["_"];
  return {
    score,
    right: answers.filter((a) => a.right).length,
    answered: answers.length,
    rank: board && rankOf(board, score),
  };
}

/** All right answers and no other; undefined while the solution is not told. */
export function isRight(poll: Poll, choice: readonly number[]): boolean | undefined {
  if (!poll.right) return undefined;
  return poll.right.length === choice.length && poll.right.every((id) => choice.includes(id));
}

/** One more than there are people with more points; undefined below all scores that are listed. */
function rankOf({ scores }: LeaderboardView, own: number): number | undefined {
  if (!scores.some(([score]) => score <= own)) return undefined;
  return 1 + sum(scores.filter(([score]) => score > own).map(([, people]) => people));
}
