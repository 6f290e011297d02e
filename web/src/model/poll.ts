/** Every kind of poll, in the order in which they are offered. */
export const kinds = [
  "single",
  "multiple",
  "yesno",
  "rating",
  "scale",
  "nps",
  "ranking",
  "points",
  "number",
  "text",
  "cloud",
  "quiz",
  "survey",
] as const;
export type Kind = (typeof kinds)[number];

/** Who sees the counts: staff, those who have answered, all once it is closed, all. */
export const visibilities = ["hidden", "voted", "closed", "shown"] as const;
export type Visibility = (typeof visibilities)[number];

export type PollState = "draft" | "open" | "closed" | "archived";

/** A poll as it stands in documents; what is false, zero or not of its kind is absent. */
export interface Poll {
  readonly title: string;
  readonly kind: Kind;
  readonly options?: readonly { readonly id: number; readonly text: string }[];
  readonly min?: number;
  readonly max?: number;
  readonly state: PollState;
  readonly results: Visibility;
  readonly at: number;
  /** Of a survey's question: rises with its creation. */
  readonly n?: number;
  readonly opened?: number;
  readonly closed?: number;
  /** Seconds of the countdown at the next opening, and when answers end now. */
  readonly secs?: number;
  readonly closes?: number;
  readonly round?: number;
  /** The screen gets the counts whatever the phones see. */
  readonly screen?: true;
  /** An answer once given stands. */
  readonly fixed?: true;
  /** The survey it belongs to, whose state it shares. */
  readonly in?: string;
  readonly steps?: number;
  readonly ends?: readonly [string, string];
  /** Of a ranking: options that were left out are not compared, instead of standing last. */
  readonly unranked?: "apart";
  /** Of a number: its unit is a 10^-decimals. */
  readonly decimals?: number;
  readonly low?: number;
  readonly high?: number;
  readonly truth?: number;
  /** Of a cloud: entries are cut into words; common words of a language are left out. */
  readonly split?: true;
  readonly stop?: string;
  readonly moderated?: true;
  /** Of a quiz: faster is better. */
  readonly bonus?: true;
  /** The solution is told. */
  readonly solved?: true;
  readonly right?: readonly number[];
  readonly gone?: true;
  // Moderators only.
  readonly eye?: number;
}

/** What was counted; everything but `people` only for those who may see it. */
export interface Tally {
  readonly people: number;
  /** Of people by option or step; of points by option. */
  readonly counts?: readonly number[];
  /** Of a ranking, by option: comparisons won, made, times alone at the top; then the order, best group first. */
  readonly won?: readonly number[];
  readonly met?: readonly number[];
  readonly first?: readonly number[];
  readonly order?: readonly (readonly number[])[];
  readonly number?: Spread;
  readonly words?: readonly Word[];
  /** What people wrote in an open text, as those alone are told who have answered. */
  readonly texts?: readonly Omit<Text, "poll">[];
}

/** The tally of an earlier round. */
export interface Past extends Tally {
  readonly round: number;
}

/** How numbers are spread, in the poll's unit: `width` is that of each bin, the first begins at `from`. */
export interface Spread {
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
  readonly from: number;
  readonly width: number;
  readonly bins: readonly number[];
}

/** A word or a text that waits, or was taken from sight. */
export type Hold = "pending" | "held";

export interface Word {
  readonly n: number;
  readonly text: string;
  readonly people: number;
  readonly gone?: true;
  // Moderators only.
  readonly state?: Hold;
}

export interface Text {
  readonly poll: string;
  readonly n: number;
  readonly text: string;
  readonly people?: number;
  readonly at: number;
  readonly gone?: true;
  // Moderators only.
  readonly state?: Hold;
}

export interface Teams {
  readonly names: readonly string[];
}

export interface LeaderboardView {
  /** Quiz questions that were solved, and people who answered any of them. */
  readonly of: number;
  readonly people: number;
  /** A score and how many people have it, best first. */
  readonly scores: readonly (readonly [number, number])[];
  readonly top: readonly Leader[];
  readonly teams?: readonly TeamScore[];
  /** Moderators only: those whose names are kept off the list. */
  readonly hidden?: readonly Leader[];
}

export interface Leader {
  readonly rank: number;
  readonly name: string;
  readonly score: number;
  readonly team?: number;
  /** Where the name was given: whoever's own is the same stands here. */
  readonly offset?: number;
  // Moderators only.
  readonly n?: number;
}

export interface TeamScore {
  readonly team: number;
  readonly rank: number;
  readonly people: number;
  readonly score: number;
}

export interface Player {
  readonly name?: string;
  readonly offset?: number;
  readonly team?: number;
}

/** An answer has one of five forms, by the poll's kind. */
export interface Answer {
  readonly choice?: readonly number[];
  /** Best first; those of one group are tied. */
  readonly ranks?: readonly (readonly number[])[];
  readonly points?: readonly number[];
  readonly number?: number;
  readonly words?: readonly string[];
  /** Of a quiz: what it brings if it is right. */
  readonly score?: number;
}
