import type { Answer, LeaderboardView, Past, Player, Poll, Tally, Teams, Text } from "./poll.ts";

/** What a role sees of topic session/<id>, kind by kind, and a person's own part of it. */
export interface SessionDoc {
  readonly session?: Readonly<Record<string, Settings>>;
  readonly stage?: Readonly<Record<string, Stage>>;
  readonly intro?: Readonly<Record<string, { readonly text: string; readonly gone?: true; readonly offset?: number }>>;
  readonly ledger?: Readonly<Record<string, Ledger>>;
  readonly label?: Readonly<Record<string, Label>>;
  readonly question?: Readonly<Record<string, Question>>;
  readonly votes?: Readonly<Record<string, Votes>>;
  readonly poll?: Readonly<Record<string, Poll>>;
  readonly tally?: Readonly<Record<string, Tally>>;
  readonly rounds?: Readonly<Record<string, { readonly rounds: readonly Past[] }>>;
  /** Open texts, by poll and number: "<poll>.<n>". */
  readonly text?: Readonly<Record<string, Text>>;
  readonly teams?: Readonly<Record<string, Teams>>;
  readonly leaderboard?: Readonly<Record<string, LeaderboardView>>;
  /** By question and language: "01J….ar". */
  readonly translation?: Readonly<Record<string, Translation>>;
  /** Who is translating, under the same ids. Translators and moderators. */
  readonly lock?: Readonly<Record<string, Lock>>;
  /** To the stage, from moderators. */
  readonly note?: Readonly<Record<string, Note>>;
  // Moderators only.
  readonly sheet?: Readonly<Record<string, { readonly order: readonly string[] }>>;
  readonly balance?: Readonly<Record<string, Balance>>;
  readonly staff?: Readonly<Record<string, { readonly name?: string }>>;
  readonly step?: Readonly<Record<string, Step>>;
}

export interface SessionMine {
  /** A moderator's own number. */
  readonly me?: Readonly<Record<string, { readonly staff: number }>>;
  readonly asked?: Readonly<Record<string, Asked>>;
  readonly vote?: Readonly<Record<string, { readonly on: boolean; readonly down?: true }>>;
  readonly answer?: Readonly<Record<string, Answer>>;
  /** The results of polls that only those see who have answered. */
  readonly result?: Readonly<Record<string, Tally>>;
  readonly player?: Readonly<Record<string, Player>>;
}

export type QA = "open" | "votes" | "closed";

export interface Settings {
  readonly live: boolean;
  readonly qa: QA;
  readonly moderation: boolean;
  readonly names: "off" | "optional" | "required";
  /** People may vote against a question. */
  readonly downs?: true;
  /** Everybody sees how the questions were treated. */
  readonly ledger?: true;
  /** The pages do not say how many people are here. */
  readonly headless?: true;
  /** When the Q&A closes by itself, and how far. */
  readonly closes?: { readonly at: number; readonly to: QA };
  /** Languages that questions are translated into. */
  readonly langs?: readonly string[];
  /** How the screen shows translations. */
  readonly hall?: { readonly lang: string; readonly both?: true };
  // Moderators only.
  readonly quiet?: true;
  readonly eyes?: true;
  readonly dups?: true;
}

/** What moderators put on the screen. */
export interface Stage {
  readonly question: string | null;
  readonly poll: string | null;
  readonly leaderboard?: true;
  /** The announcement on the screen, where it takes two moderators to put it there. */
  readonly note?: string;
  /** Nothing at all is to be shown. */
  readonly dark?: true;
  /** What one moderator would show, where it takes two. Moderators only. */
  readonly wishes?: Readonly<
    Partial<Record<"question" | "poll" | "note", { readonly id: string; readonly by: number }>> & {
      readonly others?: readonly Wish[];
    }
  >;
}

/** What one moderator did that shows more: it waits until another does the same. */
export interface Wish {
  readonly did: string;
  readonly id?: string;
  readonly by: number;
}

export interface Votes {
  readonly n: number;
  readonly down?: number;
}

export interface Label {
  readonly name: string;
  readonly public?: true;
  readonly gone?: true;
  readonly offset?: number;
}

/** How many questions were treated how. */
export interface Ledger {
  readonly received: number;
  readonly waiting?: number;
  readonly shown?: number;
  readonly merged?: number;
  readonly answered?: number;
  readonly declined?: Readonly<Record<string, number>>;
}

export interface Share {
  readonly received: number;
  readonly shown?: number;
  readonly answered?: number;
}

export interface Balance {
  readonly langs?: Readonly<Record<string, Share>>;
  readonly labels?: Readonly<Record<string, Share>>;
}

/** What a moderator did; its name is its offset. */
export interface Step {
  readonly did: string;
  readonly at: number;
  readonly by?: number;
  readonly id?: string;
  readonly n?: number;
  readonly of?: number;
  readonly undone?: number;
  /** Of the translation that it changed. */
  readonly lang?: string;
}

/** Why a question was dismissed; the hub itself says "blocked". */
export const whys = ["off-topic", "duplicate", "answered", "unclear", "personal", "inappropriate", "other"] as const;
export type Why = (typeof whys)[number];
export const isWhy = (why: string | undefined): why is Why => whys.includes(why as Why);

export const origins = ["floor", "stream", "paper"] as const;
export type Origin = (typeof origins)[number];

export type QuestionState = "pending" | "live" | "answered" | "dismissed" | "merged";

export interface Question {
  readonly text: string;
  readonly name?: string;
  readonly lang?: string;
  /** Of writing, where the language is known. */
  readonly dir?: "ltr" | "rtl";
  readonly at: number;
  readonly state: QuestionState;
  readonly edited?: true;
  /** The text was blanked. */
  readonly gone?: true;
  readonly from?: Origin;
  readonly pinned?: true;
  readonly labels?: readonly number[];
  /** In writing, by a moderator. */
  readonly answer?: string;
  /** Those that were merged into it, and how many asked it in all. */
  readonly merged?: readonly string[];
  readonly asked?: number;
  // Moderators only.
  readonly by?: number;
  readonly when?: number;
  readonly why?: string;
  readonly note?: string;
  readonly held?: "words" | "duplicate" | "blocked";
  readonly eye?: number;
  /** Who wrote the answer, if another must agree before it is shown. */
  readonly replied?: number;
  readonly into?: string;
  readonly starred?: number;
  readonly blocked?: true;
  readonly offsets?: readonly number[];
}

/** A question in another language. */
export interface Translation {
  readonly q: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly text: string;
  /** A machine made it. */
  readonly machine?: true;
  readonly gone?: true;
  // Translators and moderators only.
  readonly by?: number;
  /** The question has been reworded since. */
  readonly old?: true;
  /** Who saw it first of two who must; -1: a machine. */
  readonly eye?: number;
  readonly offset?: number;
}

export interface Lock {
  readonly q: string;
  readonly lang: string;
  readonly by: number;
  readonly until: number;
}

export interface Note {
  readonly text: string;
  readonly at: number;
  readonly read?: number;
  readonly gone?: true;
  readonly by?: number;
}

export interface Asked {
  readonly text: string;
  readonly name?: string;
  readonly lang?: string;
  readonly at: number;
  readonly state: QuestionState | "withdrawn" | "archived";
  readonly why?: string;
  readonly into?: string;
}

/** The whole of a session for one person: two parts of one truth. */
export interface SessionView {
  readonly doc: SessionDoc;
  readonly mine: SessionMine;
}

const BEFORE_ANY: Settings = { live: false, qa: "open", moderation: true, names: "optional" };
const EMPTY_STAGE: Stage = { question: null, poll: null };

export const settingsOf = (doc: SessionDoc): Settings => doc.session?.["_"] ?? BEFORE_ANY;
/** Whether questions wait for a moderator: by the rule of that name, or because it takes two to show one. */
export const isReviewed = ({ moderation, eyes }: Settings): boolean => moderation || eyes === true;
export const stageOf = (doc: SessionDoc): Stage => doc.stage?.["_"] ?? EMPTY_STAGE;

/** Characters as people count them. */
export const TEXT_LIMIT = 500;
export const NAME_LIMIT = 40;
/** Bytes of a question's text on the wire. */
export const TEXT_BYTES = 2_000;

/** Of a text in prose: an answer in writing, the welcome. */
export const PROSE_LIMIT = 1_000;
export const PROSE_BYTES = 4_000;

/** Of a note to the stage. */
export const NOTE_LIMIT = 200;
export const NOTE_BYTES = 800;

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

/** How far the Q&A is open at a time: its end may be near. */
export const qaAt = (s: Settings, now: number): QA => (s.closes && now >= s.closes.at ? s.closes.to : s.qa);
export const canAsk = (s: Settings): boolean => s.live && s.qa === "open";
export const canVote = (s: Settings): boolean => s.live && s.qa !== "closed";

/** The label of a number, if this person may see it. */
export const labelName = (doc: SessionDoc, n: number): string | undefined => doc.label?.[n]?.name;
export const isOpen = (s: Settings, poll: Poll): boolean => s.live && poll.state === "open";
