import { expect, test } from "vitest";
import { fitsParts, MOST_WORDS, partsOf, wordsOf } from "../../src/model/wordlist.ts";

test("one word a line, each once, without blanks around it", () => {
  expect(wordsOf("swindle\r\n buy now \n\nswindle\nمحتال\n")).toEqual(["swindle", "buy now", "محتال"]);
  expect(wordsOf(`${"x".repeat(81)}\nshort`)).toEqual(["short"]);
});

test("a long list comes in parts that a message has room for, and none is lost", () => {
  const words = Array.from({ length: 5_000 }, (_, i) => `слово ${i}`);
  const parts = partsOf(words);
  expect(parts.flat()).toEqual(words);
  for (const part of parts) {
    expect(part.length).toBeLessThanOrEqual(400);
    expect(new TextEncoder().encode(JSON.stringify(part)).length).toBeLessThan(7_000);
  }
  expect(partsOf([])).toEqual([]);
});

test("there is an end", () => {
  expect(fitsParts(Array.from({ length: 100 }, (_, i) => `${i}`))).toBe(true);
  expect(fitsParts(Array.from({ length: MOST_WORDS + 1 }, (_, i) => `${i}`))).toBe(false);
});
