import { readDecimal, writeDecimal } from "./decimal.ts";
import type { Kind, Poll, Visibility } from "./poll.ts";

/** A poll as it is being written: fields hold what was typed, whether it is right or not. */
export interface PollForm {
  readonly kind: Kind;
  readonly title: string;
  readonly options: readonly string[];
  /** By their places in `options`. */
  readonly right: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly steps: number;
  readonly ends: readonly [string, string];
  readonly apart: boolean;
  readonly decimals: number;
  readonly low: string;
  readonly high: string;
  readonly truth: string;
  readonly moderated: boolean;
  readonly split: boolean;
  readonly stop: string;
  readonly bonus: boolean;
  readonly results: Visibility;
  readonly screen: boolean;
  readonly fixed: boolean;
  readonly secs: number;
}

/** The hub's own limits. */
export const MOST_OPTIONS = 20;
export const TITLE_LIMIT = 255;
export const OPTION_LIMIT = 200;
export const MOST_SECS = 86_400;
/** Languages whose common words a cloud can leave out. */
export const stops = ["ar", "en", "es", "fr", "ru", "zh"] as const;

const STEPS: Partial<Record<Kind, { least: number; most: number }>> = {
  rating: { least: 3, most: 10 },
  scale: { least: 2, most: 11 },
};
export const stepsFor = (kind: Kind): { least: number; most: number } | undefined => STEPS[kind];

/** Kinds whose options people write; of yes and no the page has the words. */
export const hasOptions = (kind: Kind): boolean => ["single", "multiple", "quiz", "ranking", "points"].includes(kind);

export const blank = (kind: Kind): PollForm => ({
  kind,
  title: "",
  options: ["", ""],
  right: [],
  min: 1,
  max: kind === "multiple" ? 2 : kind === "cloud" ? 3 : 1,
  steps: 5,
  ends: ["", ""],
  apart: false,
  decimals: 0,
  low: "",
  high: "",
  truth: "",
  moderated: kind === "text",
  split: false,
  stop: "",
  bonus: false,
  results: kind === "quiz" ? "hidden" : "closed",
  screen: false,
  fixed: false,
  secs: 0,
});

/** What was typed stays when the kind changes; what the kind decides follows it. */
export function withKind(form: PollForm, kind: Kind): PollForm {
  const { title, options, ends } = form;
  return { ...blank(kind), title, options, ends };
}

export function formOf(poll: Poll): PollForm {
  const number = (n: number | undefined): string => (n === undefined ? "" : writeDecimal(n, poll.decimals ?? 0));
  const texts = hasOptions(poll.kind) ? (poll.options ?? []).map((o) => o.text) : [];
  return {
    ...blank(poll.kind),
    title: poll.title,
    options: texts.length > 0 ? texts : ["", ""],
    right: (poll.right ?? []).map((id) => id - 1),
    min: poll.min ?? 1,
    max: poll.max ?? blank(poll.kind).max,
    steps: poll.steps ?? 5,
    ends: poll.ends ?? ["", ""],
    apart: poll.unranked === "apart",
    decimals: poll.decimals ?? 0,
    low: number(poll.low),
    high: number(poll.high),
    truth: number(poll.truth),
    moderated: poll.moderated === true,
    split: poll.split === true,
    stop: poll.stop ?? "",
    bonus: poll.bonus === true,
    results: poll.results,
    screen: poll.screen === true,
    fixed: poll.fixed === true,
    secs: poll.secs ?? 0,
  };
}

export type FormFault = "title" | "options" | "right" | "ends" | "number";

/** What a poll is made of, as the hub takes it, or what is wrong with it. */
export function partsOf(form: PollForm): { parts: Record<string, unknown> } | { fault: FormFault } {
  const { kind, results, screen, fixed, secs } = form;
  const title = form.title.trim();
  if (title === "") return { fault: "title" };
  const own = kindParts(form);
  if (typeof own === "string") return { fault: own };
  const parts = {
    kind,
    title,
    results,
    ...(screen && { screen }),
    ...(fixed && { fixed }),
    ...(secs > 0 && { secs }),
    ...own,
  };
  return { parts };
}

function kindParts(form: PollForm): Record<string, unknown> | FormFault {
  const { kind, max, moderated, split, stop, apart } = form;
  const kept = form.options.flatMap((text, i) => (text.trim() === "" ? [] : [{ text: text.trim(), i }]));
  const options = kept.map((o) => o.text);
  if (hasOptions(kind) && options.length < 2) return "options";
  switch (kind) {
    case "single":
    case "points":
      return { options };
    case "multiple":
      return { options, min: Math.min(form.min, max, options.length), max: Math.min(max, options.length) };
    case "quiz":
      return quizParts(form, kept);
    case "ranking":
      return { options, ...(apart && { unranked: "apart" }), ...(max > 1 && max < options.length && { max }) };
    case "rating":
      return { steps: form.steps };
    case "scale":
    case "nps":
      return scaleParts(form);
    case "number":
      return numberParts(form);
    case "text":
      return { max, moderated };
    case "cloud":
      return { max, ...(moderated && { moderated }), ...(split && { split }), ...(stop && { stop }) };
    case "yesno":
    case "survey":
      return {};
  }
}

/** Whoever ticks must be able to tick all right ones, and does not learn from the form how many there are. */
function quizParts(form: PollForm, kept: readonly { text: string; i: number }[]): Record<string, unknown> | FormFault {
  const right = kept.flatMap((o, at) => (form.right.includes(o.i) ? [at + 1] : []));
  if (right.length === 0) return "right";
  return {
    options: kept.map((o) => o.text),
    min: 1,
    max: right.length > 1 ? kept.length : 1,
    right,
    ...(form.bonus && form.secs > 0 && { bonus: true }),
  };
}

function scaleParts({ kind, steps, ends }: PollForm): Record<string, unknown> | FormFault {
  const [low, high] = ends.map((end) => end.trim());
  if ((low === "") !== (high === "")) return "ends";
  return { ...(kind === "scale" && { steps }), ...(low !== "" && { ends: [low, high] }) };
}

function numberParts(form: PollForm): Record<string, unknown> | FormFault {
  const parts: Record<string, unknown> = form.decimals > 0 ? { decimals: form.decimals } : {};
  for (const name of ["low", "high", "truth"] as const) {
    if (form[name].trim() === "") continue;
    const n = readDecimal(form[name], form.decimals);
    if (n === undefined) return "number";
    parts[name] = n;
  }
  const { low, high } = parts as { low?: number; high?: number };
  return low !== undefined && high !== undefined && low >= high ? "number" : parts;
}
