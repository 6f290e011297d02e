import { listed } from "./questions.ts";
import { type Lock, type Question, type SessionDoc, settingsOf, type Translation } from "./session.ts";

/** Where a translation stands. */
export type Stand = "missing" | "old" | "waiting" | "machine" | "done";

/** A question as a translator sees it, into one language. */
export interface Work {
  readonly id: string;
  readonly question: Question;
  readonly votes: number;
  readonly stand: Stand;
  readonly translation?: Translation;
  /** Somebody is at it. */
  readonly lock?: Lock;
}

export const translationOf = (doc: SessionDoc, id: string, lang: string): Translation | undefined =>
  doc.translation?.[`${id}.${lang}`];

/** A question in the language that the session's screen shows, if it is another one and somebody has put it so. */
export function hallWords(doc: SessionDoc, id: string, question: Question): Translation | undefined {
  const lang = settingsOf(doc).hall?.lang;
  if (!lang || lang === question.lang) return undefined;
  const other = translationOf(doc, id, lang);
  return other?.gone ? undefined : other;
}

/** Who is at a translation now; one that has run out counts for nothing. */
export function lockOf(doc: SessionDoc, id: string, lang: string, now: number): Lock | undefined {
  const lock = doc.lock?.[`${id}.${lang}`];
  return lock && lock.until > now ? lock : undefined;
}

function standOf(translation: Translation | undefined): Stand {
  if (!translation || translation.gone) return "missing";
  if (translation.old) return "old";
  if (translation.eye !== undefined) return "waiting";
  return translation.machine ? "machine" : "done";
}

const rank: Readonly<Record<Stand, number>> = { missing: 0, old: 1, waiting: 2, machine: 3, done: 4 };

/** What there is to translate into a language: what lacks it first, and of that what most people wait for. */
export function workFor(doc: SessionDoc, lang: string, now: number): Work[] {
  return listed(doc, ["live", "answered"], "popular")
    .filter(({ question }) => question.lang !== lang && !question.gone)
    .map(({ id, question, votes }) => {
      const translation = translationOf(doc, id, lang);
      const lock = lockOf(doc, id, lang, now);
      return {
        id,
        question,
        votes,
        stand: standOf(translation),
        ...(translation ? { translation } : {}),
        ...(lock ? { lock } : {}),
      };
    })
    .sort((a, b) => rank[a.stand] - rank[b.stand]);
}
