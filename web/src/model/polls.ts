import type { Poll, PollState, Tally } from "./poll.ts";
import type { SessionDoc, SessionMine } from "./session.ts";

export interface ListedPoll {
  readonly id: string;
  readonly poll: Poll;
  readonly tally: Tally;
}

const NOBODY: Tally = { people: 0 };
const RANK: Readonly<Record<PollState, number>> = { open: 0, draft: 1, closed: 2, archived: 3 };

/**
 * Open ones first, then drafts, closed and archived ones; the newest first in each.
 * Questions of surveys stand in their survey alone.
 */
export function listedPolls(doc: SessionDoc, mine: SessionMine = {}): ListedPoll[] {
  return all(doc, mine)
    .filter(({ poll }) => poll.in === undefined)
    .sort((a, b) => RANK[a.poll.state] - RANK[b.poll.state] || when(b.poll) - when(a.poll) || (a.id < b.id ? 1 : -1));
}

/** The questions of a survey, in the order in which they were made. */
export const questionsOf = (doc: SessionDoc, survey: string, mine: SessionMine = {}): ListedPoll[] =>
  all(doc, mine)
    .filter(({ poll }) => poll.in === survey)
    .sort((a, b) => (a.poll.n ?? a.poll.at) - (b.poll.n ?? b.poll.at) || (a.id < b.id ? -1 : 1));

/** With the results that only those see who have answered, as far as this person has. */
const all = (doc: SessionDoc, mine: SessionMine): ListedPoll[] =>
  Object.entries(doc.poll ?? {}).map(([id, poll]) => ({
    id,
    poll,
    tally: mine.result?.[id] ?? doc.tally?.[id] ?? NOBODY,
  }));

const when = (p: Poll): number => p.opened ?? p.at;
