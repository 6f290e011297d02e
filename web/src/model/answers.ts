import type { Answer, Kind, Poll } from "./poll.ts";
import { remaining } from "./session.ts";

/** The sum that is given away in a poll of points. */
export const POINTS = 100;
/** Characters of an open text and of a word; the hub's own limits. */
export const TEXT_CHARS = 280;
export const WORD_CHARS = 40;

/** Kinds whose answers are steps from low to high. */
export const isSteps = (kind: Kind): boolean => kind === "rating" || kind === "scale" || kind === "nps";

/** What a step stands for; the first of a recommendation is 0. */
export const stepValue = (poll: Poll, step: number): number => (poll.kind === "nps" ? step - 1 : step);

export const stepsOf = (poll: Poll): number[] => Array.from({ length: poll.steps ?? 5 }, (_, i) => i + 1);

/** Whether an answer may be sent. */
export function fits(poll: Poll, answer: Answer | undefined): boolean {
  if (!answer) return false;
  const { choice, ranks, points, words } = tidy(answer);
  switch (poll.kind) {
    case "single":
    case "yesno":
    case "rating":
    case "scale":
    case "nps":
      return choice?.length === 1;
    case "multiple":
    case "quiz":
      return between(choice?.length, poll.min ?? 1, poll.max ?? 1);
    case "ranking":
      return between(ranks?.flat().length, 1, poll.max ?? optionsOf(poll).length);
    case "points":
      return points?.length === optionsOf(poll).length && sum(points) === POINTS && points.every((p) => p >= 0);
    case "number":
      return inBounds(poll, answer.number);
    case "text":
    case "cloud":
      return between(words?.length, 1, poll.max ?? 1) && words?.every((w) => left(poll, w) >= 0) === true;
    case "survey":
      return false;
  }
}

export const optionsOf = (poll: Poll): NonNullable<Poll["options"]> => poll.options ?? [];

/** How long one text or word may be. */
export const limitOf = (poll: Poll): number => (poll.kind === "text" ? TEXT_CHARS : WORD_CHARS);

/** Without the fields that were left empty. */
const tidy = ({ words, ...more }: Answer): Answer =>
  words ? { ...more, words: words.map((w) => w.trim()).filter((w) => w !== "") } : more;

/** Characters that may yet be written; negative when over the limit. */
export const left = (poll: Poll, text: string): number => remaining(text, limitOf(poll), limitOf(poll) * 4);

function inBounds({ low, high }: Poll, n: number | undefined): boolean {
  return n !== undefined && Number.isSafeInteger(n) && n >= (low ?? -Infinity) && n <= (high ?? Infinity);
}

/** What the hub must be told: a cloud repeats how its words are cut. */
export function voteOf(id: string, poll: Poll, answer: Answer): { type: "poll.vote" } & Record<string, unknown> {
  const { score: _, ...said } = tidy(answer);
  const { split, stop } = poll;
  return {
    type: "poll.vote",
    id,
    ...said,
    ...(poll.kind === "cloud" && split ? { split } : {}),
    ...(poll.kind === "cloud" && stop ? { stop } : {}),
  };
}

const between = (n: number | undefined, low: number, high: number): boolean => n !== undefined && n >= low && n <= high;
export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
