import type { Language } from "./languages.ts";

/** A message is a sentence, or one sentence for each plural form of {n} that its language has. */
export type Message = string | Plural;
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The plural forms of each language (CLDR); a test holds them against Intl. */
interface Forms {
  ar: "zero" | "one" | "two" | "few" | "many" | "other";
  zh: "other";
  en: "one" | "other";
  fr: "one" | "many" | "other";
  ru: "one" | "few" | "many" | "other";
  es: "one" | "many" | "other";
}

/** Forms that stand for one number alone, which may be said in words. French counts 0 as one, Russian 21. */
interface Said {
  ar: "zero" | "one" | "two";
  zh: never;
  en: "one";
  fr: never;
  ru: never;
  es: "one";
}

/** A catalogue with exactly the keys of the source, each with the forms of its language and every value of the source. */
export type Translation<Source, L extends Language> = {
  readonly [K in keyof Source]: Source[K] extends string ? Holding<Names<Source[K]>> : PluralOf<NamesOf<Source[K]>, L>;
};

type PluralOf<N extends string, L extends Language> = {
  readonly [F in Forms[L]]: Holding<F extends Said[L] ? Exclude<N, "n"> : N>;
};

/** A sentence that has each of these names in braces. */
type Holding<N extends string> = [N] extends [never]
  ? string
  : Every<N extends string ? [`${string}{${N}}${string}`] : N>;
type Every<U> = (U extends [infer S] ? (all: S) => void : never) extends (all: infer I) => void ? I : never;

/** The names in braces of a sentence. */
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends string ? Names<M> : M extends { other: infer S } ? Names<S> | "n" : never;

/** What a message must be given: nothing, or a value for each name in braces. */
export type Args<M> = [NamesOf<M>] extends [never] ? [] : [Readonly<Record<NamesOf<M>, string | number>>];

export type Translate<Source> = <K extends keyof Source & string>(key: K, ...args: Args<Source[K]>) => string;
