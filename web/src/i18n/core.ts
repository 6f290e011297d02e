import { useEffect, useState } from "preact/hooks";
import { choose, type Language, languages, primary } from "./languages.ts";
import { made } from "./made.ts";
import type { Message } from "./types.ts";

type Catalogue = Readonly<Record<string, Message>>;
/** Loads the other languages of one part of the pages; English comes with the page. */
type Loaders = Readonly<Record<Exclude<Language, "en">, () => Promise<Catalogue>>>;

const KEY = "majlis.language";
const parts: { en: Catalogue; load: Loaders }[] = [];
const listeners = new Set<() => void>();
let current: Language = "en";
let messages: Catalogue = {};
/** Until the newest wish is spoken. */
let spoken: Promise<void> = Promise.resolve();
/** The newest wish: words that come after a newer one are too late. */
let wish: { readonly language: Language; readonly byPerson: boolean } = { language: "en", byPerson: false };

/**
 * Adds one part's catalogue. A part that comes after `start` speaks English until
 * what is returned here was called: it brings the words of the page's language.
 */
export function register(en: Catalogue, load: Loaders): () => Promise<void> {
  parts.push({ en, load });
  messages = { ...messages, ...en };
  return () => speak(wish.language, wish.byPerson);
}

/**
 * The page's language: as its address says (?lang=, for screens without a keyboard), as chosen
 * before, or as the browser wishes. Resolves when its words are there, or English stands in.
 */
export function start(): Promise<void> {
  const said = new URLSearchParams(location.search).get("lang");
  return speak(choose([said ?? "", remembered() ?? "", ...navigator.languages]), false);
}

/**
 * Changes the language, and remembers it if a person chose it. If its words cannot be loaded, the
 * language stays. Whoever was overtaken by a newer wish waits for that one.
 */
export function speak(language: Language, byPerson: boolean): Promise<void> {
  spoken = change(language, byPerson);
  return spoken;
}

async function change(language: Language, byPerson: boolean): Promise<void> {
  const own = { language, byPerson };
  wish = own;
  const loaded = language === "en" ? [] : await words(language).catch(() => undefined);
  if (own !== wish) return spoken;
  if (loaded) {
    messages = Object.assign({}, ...parts.map((p) => p.en), ...loaded) as Catalogue;
    current = language;
    if (byPerson) remember(language);
  }
  const { tag, dir } = languages.find((l) => l.code === current) ?? { tag: "en", dir: "ltr" };
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
  for (const listener of listeners) listener();
}

/** The words of all parts, those too that come meanwhile. */
async function words(language: Exclude<Language, "en">): Promise<Catalogue[]> {
  const all: Catalogue[] = [];
  while (all.length < parts.length) {
    all.push(...(await Promise.all(parts.slice(all.length).map((p) => p.load[language]()))));
  }
  return all;
}

export const language = (): Language => current;

/** The language, with a new rendering whenever it changes. */
export function useLanguage(): Language {
  const [now, set] = useState(current);
  useEffect(() => {
    const listen = (): void => set(current);
    listeners.add(listen);
    listen();
    return () => void listeners.delete(listen);
  }, []);
  return now;
}

/**
 * The tag for Intl: with the region that the browser wishes, but with digits that read the same
 * everywhere, the calendar of programmes, and Chinese in the script of the catalogue.
 */
export function locale(): string {
  const wished = navigator.languages.find((l) => primary(l) === current) ?? current;
  return `${current === "zh" ? "zh-Hans" : wished.split("-u-")[0]}-u-ca-gregory-nu-latn`;
}

/** Puts values into a message; numbers are written as the language writes them. */
export function render(key: string, args: Readonly<Record<string, string | number>> = {}): string {
  return fill(messages[key] ?? key, args, locale());
}

export function fill(message: Message, args: Readonly<Record<string, string | number>>, tag: string): string {
  const sentence = typeof message === "string" ? message : pick(message, Number(args["n"]), tag);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name];
    return typeof value === "number" ? numbers(tag).format(value) : isolated(value ?? "");
  });
}

export const numbers = (tag: string): Intl.NumberFormat => made(`number ${tag}`, () => new Intl.NumberFormat(tag));

/** An English title must not pull the marks of an Arabic sentence to its side (UAX #9, isolates). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

function pick(forms: Exclude<Message, string>, n: number, tag: string): string {
  return forms[made(`plural ${tag}`, () => new Intl.PluralRules(tag)).select(n)] ?? forms.other;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(code: Language): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // A browser without storage asks again next time.
  }
}
