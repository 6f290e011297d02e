/** A message is a sentence, or one sentence for each plural form of {n} that its language has. */
export type Message = string | Plural;
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A catalogue with exactly the keys of the source, each of the same sort. */
export type Translation<Source> = {
  readonly [K in keyof Source]: Source[K] extends string ? string : Plural;
};

/** The names in braces of a sentence. */
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends string ? Names<M> : M extends { other: infer S } ? Names<S> | "n" : never;

/** What a message must be given: nothing, or a value for each name in braces. */
export type Args<M> = [NamesOf<M>] extends [never] ? [] : [Readonly<Record<NamesOf<M>, string | number>>];

export type Translate<Source> = <K extends keyof Source & string>(key: K, ...args: Args<Source[K]>) => string;
