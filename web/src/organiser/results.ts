import { api } from "../live/api.ts";

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

export interface PollResult {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly people: number;
  readonly options: readonly { readonly id: number; readonly text: string; readonly count: number }[];
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

export interface ResultBar {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  /** Of the people who answered, 0 to 1. */
  readonly share: number;
  readonly leads: boolean;
}

export function resultBars({ options, people }: PollResult): readonly ResultBar[] {
  const most = Math.max(0, ...options.map((o) => o.count));
  return options.map((o) => ({
    ...o,
    share: people > 0 ? Math.min(1, o.count / people) : 0,
    leads: most > 0 && o.count === most,
  }));
}
