import { api } from "../live/api.ts";
import type { Past, Poll, Tally } from "../model/poll.ts";

/** What results.json holds of a session, as far as this page shows it. */
export interface Results {
  readonly people: number;
  readonly withdrawn: number;
  readonly questions: readonly QuestionResult[];
  readonly polls: readonly PollResult[];
}

export interface QuestionResult {
  readonly id: string;
  readonly text: string;
  readonly name?: string;
  readonly state: string;
  readonly votes: number;
  readonly gone?: boolean;
}

/** A poll with what was counted, as it stands in both its entities, and every text that people wrote. */
export interface PollResult extends Omit<Poll, "options">, Omit<Tally, "words"> {
  readonly id: string;
  readonly options?: readonly { readonly id: number; readonly text: string; readonly count: number }[];
  readonly words?: readonly { readonly text: string; readonly people: number; readonly state?: string }[];
  readonly rounds?: readonly Past[];
}

const address = (session: string): string => `/sessions/${encodeURIComponent(session)}/results`;

export const getResults = (session: string): Promise<Results> => api(`${address(session)}.json`);

/** Where a browser downloads them from. */
export const fileOf = (session: string, kind: "json" | "csv"): string => `/api/v1${address(session)}.${kind}`;

export interface Figures {
  readonly people: number;
  readonly questions: number;
  readonly votes: number;
  readonly polls: number;
  readonly answers: number;
}

export function figures(r: Results): Figures {
  return {
    people: r.people,
    questions: r.questions.length,
    votes: r.questions.reduce((sum, q) => sum + q.votes, 0),
    polls: r.polls.length,
    answers: r.polls.reduce((sum, p) => sum + p.people, 0),
  };
}

/** Nobody said anything there. */
export const isUnused = (r: Results): boolean => r.questions.length + r.withdrawn + r.polls.length === 0;

/** The questions that most people wanted answered; ties in the order of asking. */
export function topQuestions(r: Results, most: number): readonly QuestionResult[] {
  return r.questions
    .filter((q) => !q.gone && q.state !== "dismissed" && q.state !== "pending")
    .sort((a, b) => b.votes - a.votes)
    .slice(0, most);
}

/** The polls in the order of the file, each survey's questions behind it; drafts brought nothing. */
export function askedPolls({ polls }: Results): readonly PollResult[] {
  const asked = polls.filter((p) => p.state !== "draft");
  return asked
    .filter((p) => p.in === undefined)
    .flatMap((p) => [p, ...asked.filter((question) => question.in === p.id)]);
}

/** What was counted, in the form of the entity. */
export function tallyOf({ people, options, counts, won, met, first, order, number, words }: PollResult): Tally {
  const own = counts ?? options?.map((o) => o.count);
  const shown = words?.filter((w) => isShown(w.state)).map((w, n) => ({ n, text: w.text, people: w.people }));
  return {
    people,
    ...(own && { counts: own }),
    ...(won && { won }),
    ...(met && { met }),
    ...(first && { first }),
    ...(order && { order }),
    ...(number && { number }),
    ...(shown && { words: shown }),
  };
}

const isShown = (state: string | undefined): boolean => state !== "held" && state !== "pending";
