import type { Poll, SessionDoc, Tally } from "./session.ts";

export interface ListedPoll {
  readonly id: string;
  readonly poll: Poll;
  readonly tally: Tally;
}

const NOBODY: Tally = { people: 0 };
const RANK: Readonly<Record<Poll["state"], number>> = { open: 0, draft: 1, closed: 2 };

/** Open ones first, then drafts, then closed ones; the newest first in each. */
export function listedPolls(doc: SessionDoc): ListedPoll[] {
  return Object.entries(doc.poll ?? {})
    .map(([id, poll]) => ({ id, poll, tally: doc.tally?.[id] ?? NOBODY }))
    .sort((a, b) => RANK[a.poll.state] - RANK[b.poll.state] || when(b.poll) - when(a.poll) || (a.id < b.id ? 1 : -1));
}

const when = (p: Poll): number => p.opened ?? p.at;

export interface Bar {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  /** Share of the people who answered, 0 to 1; of people also where one may tick several. */
  readonly share: number;
  readonly leads: boolean;
}

/** The result as bars; undefined while it is hidden. */
export function bars(poll: Poll, tally: Tally): Bar[] | undefined {
  const { counts } = tally;
  if (!counts) return undefined;
  const most = Math.max(0, ...counts);
  return poll.options.map(({ id, text }, i) => {
    const count = counts[i] ?? 0;
    const share = tally.people > 0 ? Math.min(1, count / tally.people) : 0;
    return { id, text, count, share, leads: most > 0 && count === most };
  });
}

/** Whether a choice may be sent: exactly one, or min to max; nothing withdraws the answer. */
export function fits(poll: Poll, choice: readonly number[]): boolean {
  if (poll.kind === "single") return choice.length === 1;
  return choice.length >= poll.min && choice.length <= poll.max;
}
