import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fill } from "../../src/i18n/core.ts";
import { choose, languages } from "../../src/i18n/languages.ts";
import type { Message } from "../../src/i18n/types.ts";
import { catalogues, english, forms, names } from "./all.ts";

const src = fileURLToPath(new URL("../../src", import.meta.url));
const code = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/i18n\/..$/.test(e.parentPath))
  .map((e) => readFileSync(join(e.parentPath, e.name), "utf8"))
  .join("\n");

/** Plural forms that stand for one number alone, and may say it in words. */
const said: Record<string, string[]> = { ar: ["zero", "one", "two"], en: ["one"], es: ["one"] };

test("every language that can be chosen has a catalogue", () => {
  expect(Object.keys(catalogues).sort()).toEqual(languages.map((l) => l.code).sort());
  expect(Object.keys(english).length).toBeGreaterThan(400);
});

describe.each(Object.entries(catalogues))("%s", (language, catalogue) => {
  test("has exactly the keys of English", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  });

  test("has every plural form of its language and no other", () => {
    const wanted = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, message] of Object.entries(catalogue)) {
      if (typeof message !== "string") expect(Object.keys(message).sort(), key).toEqual(wanted);
    }
  });

  test("leaves out no value and adds none, but for a number said in words", () => {
    for (const [key, message] of Object.entries(catalogue)) {
      const given = names(
        forms(english[key] ?? "")
          .flatMap(([, s]) => s)
          .join(" "),
      );
      for (const [form, sentence] of forms(message)) {
        const counted = said[language]?.includes(form)
          ? given.filter((n) => n !== "{n}" || sentence.includes(n))
          : given;
        expect(names(sentence), `${key} ${form}`).toEqual(counted);
      }
    }
  });

  test("is written with the marks of its language", () => {
    for (const [key, message] of Object.entries(catalogue)) {
      for (const [, sentence] of forms(message)) {
        expect(sentence.trim(), key).toBe(sentence);
        expect(sentence, key).not.toBe("");
        expect(sentence, key).not.toMatch(wrong[language] ?? wrong["all"] ?? /^$/);
      }
    }
  });
});

/** What each language's typography does not have: straight quotes, three dots, French marks without their thin space … */
const wrong: Record<string, RegExp> = {
  all: /\.\.\.|['"]/,
  fr: /\.\.\.|['"]|[^\u202f][?!;]|[^\u00a0]:/,
  ar: /\.\.\.|['"]|[?,;]/,
  zh: /\.\.\.|['"]|[\u4e00-\u9fff][,.:;?!]/,
};

test("a catalogue in another script has words in it everywhere", () => {
  const scripts: Record<string, RegExp> = {
    ar: /\p{Script=Arabic}/u,
    zh: /\p{Script=Han}/u,
    ru: /\p{Script=Cyrillic}/u,
  };
  const alike = ["app.name", "ops.line.websocket", "ops.p50", "ops.goroutines"];
  for (const [language, script] of Object.entries(scripts)) {
    for (const [key, message] of Object.entries(catalogues[language] ?? {})) {
      if (alike.includes(key)) continue;
      for (const [, sentence] of forms(message)) expect(sentence, `${language} ${key}`).toMatch(script);
    }
  }
});

test("every reason of the hub is worded, and no other", () => {
  const go = readFileSync(fileURLToPath(new URL("../../../hub/oplog/outcome.go", import.meta.url)), "utf8");
  const reasons = [...go.matchAll(/Reason\s*= "([a-z0-9-]+)"/g)].map((m) => `reason.${m[1]}`);
  expect(reasons.length).toBeGreaterThan(30);
  const worded = Object.keys(english).filter((key) => key.startsWith("reason."));
  expect(worded.sort()).toEqual([...reasons, "reason.unreachable"].sort());
});

test("every fault of a file that the hub tells apart is worded, and no other", () => {
  const go = readFileSync(fileURLToPath(new URL("../../../hub/schedule/frab/kind.go", import.meta.url)), "utf8");
  const kinds = [...go.matchAll(/Kind = "([a-z0-9-]+)"/g)].map((m) => `file.${m[1]}`);
  expect(kinds.length).toBeGreaterThan(30);
  expect(
    Object.keys(english)
      .filter((key) => key.startsWith("file."))
      .sort(),
  ).toEqual(kinds.sort());
});

test("no key is unused", () => {
  // Keys that are put together stand in the code as `start.${…}`.
  const built = [...code.matchAll(/`([a-z][\w.]*\.)\$\{/g)].map((m) => m[1] ?? "");
  const used = (key: string): boolean => code.includes(`"${key}"`) || built.some((start) => key.startsWith(start));
  expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
});

test.each([
  ["ar", [0, 1, 2, 5, 11, 100], ["لا أصوات", "صوت واحد", "صوتان", "5 أصوات", "11 صوتًا", "100 صوت"]],
  ["zh", [0, 1, 2], ["0 个赞", "1 个赞", "2 个赞"]],
  ["en", [0, 1, 1234], ["0 votes", "1 vote", "1,234 votes"]],
  ["fr", [0, 1, 2, 1_000_000], ["0 vote", "1 vote", "2 votes", "1 000 000 de votes"]],
  [
    "ru",
    [0, 1, 2, 5, 11, 21, 104],
    ["0 голосов", "1 голос", "2 голоса", "5 голосов", "11 голосов", "21 голос", "104 голоса"],
  ],
  ["es", [0, 1, 2, 1_000_000], ["0 votos", "1 voto", "2 votos", "1 000 000 de votos"]],
] as const)("%s picks the plural form of its language", (language, counts, words) => {
  const message: Message = catalogues[language]?.["question.votes"] ?? "";
  const plain = (s: string): string => s.replace(/\s|\./g, " ");
  expect(counts.map((n) => plain(fill(message, { n }, `${language}-u-nu-latn`)))).toEqual(words);
});

test("a value is put in as it is, also when it looks like a name", () => {
  expect(fill("Poll open: {title}", { title: "{n} $& {title}" }, "en")).toBe("Poll open: \u2068{n} $& {title}\u2069");
});

test("the first wished language that there is", () => {
  expect(choose(["pt-BR", "ar-EG", "en"])).toBe("ar");
  expect(choose(["zh-TW", "en"])).toBe("zh");
  expect(choose(["", "xx"])).toBe("en");
});
