import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { arStaff } from "../../src/i18n/ar.staff.ts";
import { ar } from "../../src/i18n/ar.ts";
import { fill } from "../../src/i18n/core.ts";
import { enStaff } from "../../src/i18n/en.staff.ts";
import { en } from "../../src/i18n/en.ts";
import { choose } from "../../src/i18n/languages.ts";
import type { Message } from "../../src/i18n/types.ts";

const english: Record<string, Message> = { ...en, ...enStaff };
const others: Record<string, Record<string, Message>> = { ar: { ...ar, ...arStaff } };
const src = fileURLToPath(new URL("../../src", import.meta.url));

const forms = (m: Message): [string, string][] => (typeof m === "string" ? [["", m]] : Object.entries(m));
const names = (s: string): string[] => [...new Set(s.match(/\{\w+\}/g) ?? [])].sort();
const code = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/^(en|ar)\./.test(e.name))
  .map((e) => readFileSync(join(e.parentPath, e.name), "utf8"))
  .join("\n");

describe.each(Object.entries(others))("%s", (language, catalogue) => {
  test("has exactly the keys of English", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  });

  test("has every plural form of its language and no other", () => {
    const wanted = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, message] of Object.entries(catalogue)) {
      if (typeof message !== "string") expect(Object.keys(message).sort(), key).toEqual(wanted);
    }
  });

  test("uses no value that English does not give, and leaves none out but a number said in words", () => {
    for (const [key, message] of Object.entries(catalogue)) {
      const given = names(
        forms(english[key] ?? "")
          .map(([, s]) => s)
          .join(" "),
      );
      for (const [form, sentence] of forms(message)) {
        const counted = ["zero", "one", "two"].includes(form)
          ? given.filter((n) => n !== "{n}" || sentence.includes(n))
          : given;
        expect(names(sentence), `${key} ${form}`).toEqual(counted);
      }
    }
  });
});

test("English has one and other wherever it counts", () => {
  for (const [key, message] of Object.entries(english)) {
    if (typeof message !== "string") expect(Object.keys(message), key).toEqual(["one", "other"]);
  }
});

test("no key is unused", () => {
  // Keys that are put together stand in the code as `start.${…}`.
  const built = [...code.matchAll(/`([a-z][\w.]*\.)\$\{/g)].map((m) => m[1] ?? "");
  const used = (key: string): boolean => code.includes(`"${key}"`) || built.some((start) => key.startsWith(start));
  expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
});

test("plural forms are picked by the language", () => {
  const message = ar["question.votes"];
  const said = (n: number) => fill(message, { n }, "ar-u-nu-latn");
  expect([0, 1, 2, 5, 11, 100].map(said)).toEqual(["لا أصوات", "صوت واحد", "صوتان", "5 أصوات", "11 صوتًا", "100 صوت"]);
  expect(fill(en["question.votes"], { n: 1 }, "en")).toBe("1 vote");
  expect(fill(en["question.votes"], { n: 1234 }, "en")).toBe("1,234 votes");
});

test("a value is put in as it is, also when it looks like a name", () => {
  expect(fill("Poll open: {title}", { title: "{n} $& {title}" }, "en")).toBe("Poll open: \u2068{n} $& {title}\u2069");
});

test("the first wished language that there is", () => {
  expect(choose(["fr-CA", "ar-EG", "en"])).toBe("ar");
  expect(choose(["", "xx"])).toBe("en");
});
