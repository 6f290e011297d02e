import type { Question, QuestionState, SessionDoc, SessionMine } from "./session.ts";

export interface Listed {
  readonly id: string;
  readonly question: Question;
  readonly votes: number;
  /** Votes for it less those against it. */
  readonly score: number;
}

export const orders = ["popular", "trending", "newest", "oldest"] as const;
export type Order = (typeof orders)[number];

/**
 * The questions in given states, in an order; what is pinned comes first. Ties
 * go to who asked first, then by id, so that every phone agrees.
 */
export function listed(doc: SessionDoc, states: readonly QuestionState[], order: Order, now = 0): Listed[] {
  const compare = order === "trending" ? trending(now) : comparators[order];
  return Object.entries(doc.question ?? {})
    .filter(([, question]) => states.includes(question.state))
    .map(([id, question]) => {
      const { n, down = 0 } = doc.votes?.[id] ?? { n: 0 };
      return { id, question, votes: n, score: n - down };
    })
    .sort((a, b) => Number(b.question.pinned ?? 0) - Number(a.question.pinned ?? 0) || compare(a, b));
}

/** Which of them to show: of one label, of one language, or one's own. */
export type Filter =
  | { readonly by: "all" | "mine" }
  | { readonly by: "label"; readonly label: number }
  | { readonly by: "lang"; readonly lang: string };

/** A filter as a choice in a list writes it: "all", "mine", "label 3", "lang ar". */
export function readFilter(choice: string): Filter {
  const [by, value = ""] = choice.split(" ");
  if (by === "label") return { by, label: Number(value) };
  if (by === "lang") return { by, lang: value };
  return { by: by === "mine" ? by : "all" };
}

export function filtered(list: readonly Listed[], filter: Filter, mine: SessionMine): readonly Listed[] {
  switch (filter.by) {
    case "all":
      return list;
    case "mine":
      return list.filter(({ id, question }) => isMine(mine, id, question));
    case "label":
      return list.filter(({ question }) => question.labels?.includes(filter.label));
    case "lang":
      return list.filter(({ question }) => question.lang === filter.lang);
  }
}

/** I asked it, or one of those that it was made of. */
export const isMine = (mine: SessionMine, id: string, question: Question): boolean =>
  [id, ...(question.merged ?? [])].some((one) => mine.asked?.[one] !== undefined);

const byID = (a: Listed, b: Listed): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const oldest = (a: Listed, b: Listed): number => a.question.at - b.question.at || byID(a, b);

const comparators: Readonly<Record<Exclude<Order, "trending">, (a: Listed, b: Listed) => number>> = {
  popular: (a, b) => b.score - a.score || oldest(a, b),
  newest: (a, b) => oldest(b, a),
  oldest,
};

/** Minutes after which a question needs about three times the votes to stay where it is. */
const FADES = 10;

/** Votes against age (Hacker News' rule, with minutes for its hours): what is new rises, what is liked stays longer. */
function trending(now: number): (a: Listed, b: Listed) => number {
  const heat = ({ question, score }: Listed): number =>
    (Math.max(score, 0) + 1) / (Math.max(now - question.at, 0) / 60_000 / FADES + 1) ** 1.5;
  return (a, b) => heat(b) - heat(a) || oldest(a, b);
}

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
