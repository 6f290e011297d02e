import { type ListedPoll, listedPolls } from "./polls.ts";
import type { SessionDoc } from "./session.ts";

/** The polls of a session in the order in which they are to be asked; those put away stand apart. */
export interface RunSheet {
  readonly polls: readonly ListedPoll[];
  readonly archived: readonly ListedPoll[];
  /** The first that was prepared and not yet opened. */
  readonly next: ListedPoll | undefined;
}

export function runSheet(doc: SessionDoc): RunSheet {
  const order = new Map((doc.sheet?.["_"]?.order ?? []).map((id, i) => [id, i]));
  const place = ({ id }: ListedPoll): number => order.get(id) ?? order.size;
  const all = listedPolls(doc).sort((a, b) => place(a) - place(b));
  const polls = all.filter(({ poll }) => poll.state !== "archived");
  return {
    polls,
    archived: all.filter(({ poll }) => poll.state === "archived"),
    next: polls.find(({ poll }) => poll.state === "draft"),
  };
}

/** The order with one poll moved up (−1) or down (1), as the hub is told. */
export function moved(polls: readonly ListedPoll[], id: string, by: -1 | 1): string[] {
  const ids = polls.map((p) => p.id);
  const at = ids.indexOf(id);
  const to = at + by;
  return at < 0 || to < 0 || to >= ids.length ? ids : ids.toSpliced(at, 1).toSpliced(to, 0, id);
}
