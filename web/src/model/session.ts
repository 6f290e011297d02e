/** What a role sees of topic session/<id>, kind by kind, and a person's own part of it. */
export interface SessionDoc {
  readonly session?: Readonly<Record<string, Settings>>;
  readonly stage?: Readonly<Record<string, Stage>>;
  readonly question?: Readonly<Record<string, Question>>;
  readonly votes?: Readonly<Record<string, { readonly n: number }>>;
  readonly poll?: Readonly<Record<string, Poll>>;
  readonly tally?: Readonly<Record<string, Tally>>;
}

export interface SessionMine {
  readonly asked?: Readonly<Record<string, Asked>>;
  readonly vote?: Readonly<Record<string, { readonly on: boolean }>>;
  readonly answer?: Readonly<Record<string, { readonly choice: readonly number[] }>>;
}

export type QA = "open" | "votes" | "closed";

export interface Settings {
  readonly live: boolean;
  readonly qa: QA;
  readonly moderation: boolean;
  readonly names: "off" | "optional";
}

/** What moderators put on the screen. */
export interface Stage {
  readonly question: string | null;
  readonly poll: string | null;
}

export type QuestionState = "pending" | "live" | "answered" | "dismissed";

export interface Question {
  readonly text: string;
  readonly name?: string;
  readonly lang?: string;
  readonly at: number;
  readonly state: QuestionState;
  readonly edited?: true;
  /** The text was blanked. */
  readonly gone?: true;
  readonly offsets?: readonly number[];
}

export interface Asked {
  readonly text: string;
  readonly name?: string;
  readonly at: number;
  readonly state: QuestionState | "withdrawn" | "archived";
}

export interface Poll {
  readonly title: string;
  readonly kind: "single" | "multiple";
  readonly options: readonly { readonly id: number; readonly text: string }[];
  readonly min: number;
  readonly max: number;
  readonly state: "draft" | "open" | "closed";
  readonly results: "hidden" | "shown";
  readonly at: number;
  readonly opened?: number;
  readonly closed?: number;
}

export interface Tally {
  readonly people: number;
  /** Per option, in their order; absent while results are hidden. */
  readonly counts?: readonly number[];
}

/** The whole of a session for one person: two parts of one truth. */
export interface SessionView {
  readonly doc: SessionDoc;
  readonly mine: SessionMine;
}

const BEFORE_ANY: Settings = { live: false, qa: "open", moderation: true, names: "optional" };
const EMPTY_STAGE: Stage = { question: null, poll: null };

export const settingsOf = (doc: SessionDoc): Settings => doc.session?.["_"] ?? BEFORE_ANY;
export const stageOf = (doc: SessionDoc): Stage => doc.stage?.["_"] ?? EMPTY_STAGE;

/** Characters as people count them. */
export const TEXT_LIMIT = 500;
export const NAME_LIMIT = 40;
/** Bytes of a question's text on the wire. */
export const TEXT_BYTES = 2_000;

/** How many characters are left of a limit; negative when over it, in characters or in bytes. */
export function remaining(text: string, limit: number = TEXT_LIMIT, bytes: number = TEXT_BYTES): number {
  const over = new TextEncoder().encode(text).length - bytes;
  const left = limit - graphemes(text);
  return over > 0 ? Math.min(left, -over) : left;
}

function graphemes(text: string): number {
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.length;
  if (typeof Intl.Segmenter === "undefined") return Array.from(text).length;
  let n = 0;
  for (const _ of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) n++;
  return n;
}

export const canAsk = (s: Settings): boolean => s.live && s.qa === "open";
export const canVote = (s: Settings): boolean => s.live && s.qa !== "closed";
export const isOpen = (s: Settings, poll: Poll): boolean => s.live && poll.state === "open";
