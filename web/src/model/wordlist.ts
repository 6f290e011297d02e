/** Words of one command, as many as the hub takes, and how many parts a language has. */
const PER_PART = 400;
const PARTS = 99;
export const MOST_WORDS = PER_PART * PARTS;
/** Bytes of one word. */
const WORD_BYTES = 80;
/** Bytes of one command's words: a message of the wire has eight kilobytes. */
const PART_BYTES = 6_000;

const bytes = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

/** The words of a file or a text, one a line, each once; what is too long is left out. */
export function wordsOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== "" && bytes(line) - 2 <= WORD_BYTES);
}

/** The words in parts that one command holds each. */
export function partsOf(words: readonly string[]): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  let size = 0;
  for (const word of words) {
    const more = bytes(word) + 1;
    if (part.length >= PER_PART || size + more > PART_BYTES) {
      parts.push(part);
      part = [];
      size = 0;
    }
    part.push(word);
    size += more;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

export const fitsParts = (words: readonly string[]): boolean => partsOf(words).length <= PARTS;
