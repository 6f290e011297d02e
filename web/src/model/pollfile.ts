import { type Kind, kinds } from "./poll.ts";

/** A poll of a file: what a poll is created with, and the questions of a survey. */
export interface FilePoll {
  readonly kind: Kind;
  readonly title: string;
  readonly questions?: readonly FilePoll[];
}

/** Bytes of a file of polls: more than a session holds is no such file. */
export const FILE_BYTES = 1_048_576;

/** The polls that an exported file holds; undefined if it is none. What each is made of, the hub judges. */
export function readPolls(text: string): readonly FilePoll[] | undefined {
  const file = parse(text);
  if (!isObject(file) || file["majlis"] !== "polls" || file["v"] !== 1) return undefined;
  const polls = file["polls"];
  return Array.isArray(polls) && polls.every(isPoll) ? polls : undefined;
}

/** The commands that make these polls, each with an id of its own; a survey comes before its questions. */
export function creates(polls: readonly FilePoll[], newID: (n: number) => string): Record<string, unknown>[] {
  let n = 0;
  const one = (poll: FilePoll, survey?: string): Record<string, unknown>[] => {
    const { questions = [], ...parts } = poll;
    const id = newID(n++);
    const own = { ...parts, id, ...(survey === undefined ? {} : { in: survey }) };
    return [own, ...questions.flatMap((question) => one(question, id))];
  };
  return polls.flatMap((poll) => one(poll));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

function isPoll(v: unknown): v is FilePoll {
  if (!isObject(v) || typeof v["title"] !== "string" || !kinds.includes(v["kind"] as Kind)) return false;
  const questions = v["questions"];
  return questions === undefined || (v["kind"] === "survey" && Array.isArray(questions) && questions.every(isPoll));
}
