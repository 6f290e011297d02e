import type { Question, QuestionState, SessionDoc } from "./session.ts";

export interface Listed {
  readonly id: string;
  readonly question: Question;
  readonly votes: number;
}

export type Order = "popular" | "newest" | "oldest";

/** The questions in given states, in an order. Ties go to who asked first, then by id, so that every phone agrees. */
export function listed(doc: SessionDoc, states: readonly QuestionState[], order: Order): Listed[] {
  return Object.entries(doc.question ?? {})
    .filter(([, question]) => states.includes(question.state))
    .map(([id, question]) => ({ id, question, votes: doc.votes?.[id]?.n ?? 0 }))
    .sort(comparators[order]);
}

const byID = (a: Listed, b: Listed): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const oldest = (a: Listed, b: Listed): number => a.question.at - b.question.at || byID(a, b);

const comparators: Readonly<Record<Order, (a: Listed, b: Listed) => number>> = {
  popular: (a, b) => b.votes - a.votes || oldest(a, b),
  newest: (a, b) => oldest(b, a),
  oldest,
};

/**
 * The order to show while someone may be about to press: what is shown stays
 * where it is, what has gone goes, and what is new waits. `waiting` says how
 * much of the ideal order is not shown yet.
 */
export function calm(shown: readonly string[], ideal: readonly string[]): { order: string[]; waiting: number } {
  const there = new Set(ideal);
  const order = shown.filter((id) => there.has(id));
  const known = new Set(order);
  const fresh = ideal.filter((id) => !known.has(id)).length;
  const old = ideal.filter((id) => known.has(id));
  const moved = old.filter((id, i) => order[i] !== id).length;
  return { order, waiting: fresh + moved };
}
