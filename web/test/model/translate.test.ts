import { expect, test } from "vitest";
import type { SessionDoc } from "../../src/model/session.ts";
import { hallWords, lockOf, workFor } from "../../src/model/translate.ts";

const q = (text: string, lang: string | undefined, more: object = {}) => ({
  text,
  at: 1,
  state: "live" as const,
  ...(lang ? { lang } : {}),
  ...more,
});
const put = (id: string, more: object = {}) => ({ q: id, lang: "fr", dir: "ltr" as const, text: "oui", ...more });

const doc: SessionDoc = {
  session: { _: { live: true, qa: "open", moderation: true, names: "off", hall: { lang: "fr", both: true } } },
  question: {
    a: q("one", "en"),
    b: q("deux", "fr"),
    c: q("three", "en"),
    d: q("four", undefined),
    e: q("five", "en", { state: "pending" }),
    f: q("six", "en"),
    g: q("seven", "en"),
    h: q("", "en", { gone: true }),
  },
  votes: { a: { n: 1 }, c: { n: 9 }, d: { n: 5 }, f: { n: 2 }, g: { n: 3 } },
  translation: {
    "a.fr": put("a"),
    "f.fr": put("f", { old: true }),
    "g.fr": put("g", { eye: 2 }),
  },
  lock: { "c.fr": { q: "c", lang: "fr", by: 3, until: 100 } },
};

test("what lacks a translation comes first, and of that what most people wait for", () => {
  expect(workFor(doc, "fr", 50).map(({ id, stand }) => `${id} ${stand}`)).toEqual([
    "c missing",
    "d missing",
    "f old",
    "g waiting",
    "a done",
  ]);
});

test("whoever is at one has it until the lock runs out", () => {
  expect(workFor(doc, "fr", 99)[0]?.lock?.by).toBe(3);
  expect(workFor(doc, "fr", 100)[0]?.lock).toBeUndefined();
  expect(lockOf(doc, "a", "fr", 50)).toBeUndefined();
});

test("the screen shows its language where there is something to show", () => {
  const words = (id: string) => hallWords(doc, id, doc.question?.[id] ?? q("", "en"))?.text;
  expect(words("a")).toBe("oui");
  expect(words("b")).toBeUndefined();
  expect(words("c")).toBeUndefined();
});
