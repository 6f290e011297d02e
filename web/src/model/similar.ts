/** A question that may ask the same, and how alike the two are, 0 to 1. */
export interface Similar {
  readonly id: string;
  readonly alike: number;
}

/**
 * From here on two questions are offered as one. Measured on paraphrases in six
 * languages (test/model/similar.test.ts): a higher bound offers too few, a lower
 * one offers what only sounds alike.
 */
export const ALIKE = 0.28;

/** Letters of a text that say too little to look for anything. */
const SHORT = 8;

/** Weight of whole words beside that of their pieces. */
const WORDS = 0.5;

type Features = ReadonlyMap<string, number>;

/**
 * Questions that are alike by their words and by the pieces of their words, in
 * any script: what many questions have in common (the, هل, est-ce que, 吗) counts
 * little, what few have counts much. Made once for a list of questions, then
 * asked for each text.
 */
export class Likeness {
  readonly #all: readonly { id: string; words: Features; pieces: Features }[];
  readonly #words: Rarity;
  readonly #pieces: Rarity;

  constructor(texts: Iterable<readonly [id: string, text: string]>) {
    const read = [...texts].map(([id, text]) => ({ id, ...features(text) }));
    this.#words = new Rarity(read.map((one) => one.words));
    this.#pieces = new Rarity(read.map((one) => one.pieces));
    this.#all = read.map(({ id, words, pieces }) => ({
      id,
      words: this.#words.weigh(words),
      pieces: this.#pieces.weigh(pieces),
    }));
  }

  /** The most alike first. */
  find(text: string, most: number, bound: number = ALIKE): Similar[] {
    const { words, pieces, letters } = features(text);
    if (letters < SHORT && !/\p{Script=Han}{3}/u.test(text)) return [];
    const w = this.#words.weigh(words);
    const p = this.#pieces.weigh(pieces);
    return this.#all
      .map((one) => ({ id: one.id, alike: WORDS * cosine(w, one.words) + (1 - WORDS) * cosine(p, one.pieces) }))
      .filter(({ alike }) => alike >= bound)
      .sort((a, b) => b.alike - a.alike || (a.id < b.id ? -1 : 1))
      .slice(0, most);
  }
}

/** How rare each feature is among all texts. */
class Rarity {
  readonly #n: number;
  readonly #in = new Map<string, number>();

  constructor(all: readonly Features[]) {
    this.#n = all.length;
    for (const one of all) for (const key of one.keys()) this.#in.set(key, (this.#in.get(key) ?? 0) + 1);
  }

  /** Features weighed by rarity, of length 1. */
  weigh(features: Features): Features {
    const out = new Map<string, number>();
    let square = 0;
    for (const [key, times] of features) {
      const weight = Math.sqrt(times) * Math.log(1 + (this.#n + 1) / ((this.#in.get(key) ?? 0) + 0.5));
      out.set(key, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    for (const [key, weight] of out) out.set(key, weight / length);
    return out;
  }
}

function cosine(a: Features, b: Features): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, weight] of small) sum += weight * (large.get(key) ?? 0);
  return sum;
}

/** A text as it is heard: one form for each letter, no marks, no case, no tatweel; words apart. */
export const heard = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{Mn}\u0640]/gu, "")
    .replace(/[^\p{L}\p{N}\p{Mc}]+/gu, " ")
    .trim();

function features(text: string): { words: Features; pieces: Features; letters: number } {
  const words = new Map<string, number>();
  const pieces = new Map<string, number>();
  const add = (to: Map<string, number>, key: string): void => void to.set(key, (to.get(key) ?? 0) + 1);
  let letters = 0;
  for (const word of heard(text).split(" ")) {
    const signs = [...word];
    letters += signs.length;
    // Chinese, Japanese and Thai have no blanks: there a piece is as good as a word.
    const whole = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);
    if (whole) for (const n of [1, 2]) for (const piece of grams(signs, n)) add(n === 1 ? pieces : words, piece);
    else if (word !== "") add(words, word);
    for (const piece of grams(whole ? signs : ["^", ...signs, "$"], whole ? 2 : 3)) add(pieces, piece);
  }
  return { words, pieces, letters };
}

function grams(signs: readonly string[], n: number): string[] {
  if (signs.length <= n) return [signs.join("")];
  return signs.slice(n - 1).map((_, i) => signs.slice(i, i + n).join(""));
}
