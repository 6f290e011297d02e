import { type ListedPoll, listedPolls } from "./polls.ts";
import { type Question, type SessionDoc, settingsOf, stageOf } from "./session.ts";

/** What fills the hall's screen; nothing: what is asked most. */
export type Matter =
  | { readonly kind: "poll"; readonly poll: ListedPoll; readonly staged: boolean }
  | { readonly kind: "leaderboard" }
  | { readonly kind: "question"; readonly id: string; readonly question: Question }
  | undefined;

/** The leaderboard or a poll that was put here, else the question being answered, else an open poll. */
export function matterOf(doc: SessionDoc): Matter {
  const stage = stageOf(doc);
  if (stage.dark) return undefined;
  if (stage.leaderboard) return { kind: "leaderboard" };
  const polls = listedPolls(doc);
  const staged = stage.poll === null ? undefined : polls.find((p) => p.id === stage.poll);
  if (staged) return { kind: "poll", poll: staged, staged: true };
  const question = stage.question === null ? undefined : doc.question?.[stage.question];
  if (question && stage.question !== null) return { kind: "question", id: stage.question, question };
  const open = settingsOf(doc).live ? polls.find((p) => p.poll.state === "open") : undefined;
  return open && { kind: "poll", poll: open, staged: false };
}
