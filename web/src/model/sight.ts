import type { Poll, Tally, Text } from "./poll.ts";
import type { SessionDoc, Settings } from "./session.ts";

/** Whether answers are taken at a time: a countdown may have ended while the hub has not yet closed it. */
export const mayAnswer = (s: Settings, poll: Poll, now: number): boolean =>
  s.live && poll.state === "open" && (poll.closes === undefined || now < poll.closes);

/** Whether the counts may be seen by somebody of the audience. */
export function seesCounts(poll: Poll, answered: boolean): boolean {
  switch (poll.results) {
    case "hidden":
      return false;
    case "voted":
      return answered || poll.state !== "open";
    case "closed":
      return poll.state !== "open";
    case "shown":
      return true;
  }
}

export interface ListedText extends Text {
  readonly id: string;
}

/** What people wrote in an open text, newest first. */
export const textsOf = (doc: SessionDoc, poll: string): ListedText[] =>
  Object.entries(doc.text ?? {})
    .filter(([, text]) => text.poll === poll)
    .map(([id, text]) => ({ id, ...text }))
    .sort((a, b) => b.n - a.n);

/** What people wrote in an open text, as far as this person is told: alone, or with everybody. */
export const toldTexts = (doc: SessionDoc, poll: string, tally: Tally): ListedText[] =>
  tally.texts?.map((text) => ({ id: `${poll}.${text.n}`, poll, ...text })) ?? textsOf(doc, poll);

/** Whether a tally holds its counts: a page without a pass gets less than its poll promises. */
export const isTold = (poll: Poll, { people, counts, won, number, words }: Tally): boolean =>
  poll.kind === "text" ||
  poll.kind === "survey" ||
  (people === 0 && poll.kind === "number") ||
  [counts, won, number, words].some(Boolean);

/** Whether the hall's screen shows the counts. */
export const hallSees = (poll: Poll, tally: Tally): boolean =>
  (poll.screen === true || seesCounts(poll, false)) && isTold(poll, tally);
