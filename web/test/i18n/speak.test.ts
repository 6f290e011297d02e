import { beforeEach, expect, test, vi } from "vitest";

type Core = typeof import("../../src/i18n/core.ts");
type Words = Record<string, string>;

const kept = new Map<string, string>();
const html = { lang: "", dir: "" };

/** A page that has just been opened by a browser with these wishes. */
async function open(wishes: string[], load: Partial<Record<string, () => Promise<Words>>> = {}, search = "") {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: html });
  vi.stubGlobal("location", { search });
  vi.stubGlobal("navigator", { languages: wishes });
  vi.stubGlobal("localStorage", {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => kept.set(k, v),
  });
  const core: Core = await import("../../src/i18n/core.ts");
  const words = (hi: string) => async (): Promise<Words> => ({ hi });
  const all = {
    ar: words("أهلًا"),
    zh: words("您好"),
    fr: words("Bonjour"),
    ru: words("Привет"),
    es: words("Hola"),
    ...load,
  };
  core.register({ hi: "Hello" }, all as Parameters<Core["register"]>[1]);
  await core.start();
  return core;
}

beforeEach(() => kept.clear());

test("the browser's wish comes first, and nothing is kept of it", async () => {
  const core = await open(["pt", "ar-EG", "en"]);
  expect([core.render("hi"), html.lang, html.dir, kept.size]).toEqual(["أهلًا", "ar", "rtl", 0]);
});

test("what a person chose is kept, and comes before the browser's wish", async () => {
  await (await open(["ar"])).speak("ru", true);
  const core = await open(["ar"]);
  expect([core.render("hi"), html.lang, html.dir]).toEqual(["Привет", "ru", "ltr"]);
});

test("an address may name the language, as for a screen without a keyboard", async () => {
  kept.set("majlis.language", "ru");
  expect((await open(["ar"], {}, "?lang=es")).render("hi")).toBe("Hola");
});

test("a language whose words do not come changes nothing and is not kept", async () => {
  const core = await open(["fr"], { es: () => Promise.reject(new Error("offline")) });
  await core.speak("es", true);
  expect([core.render("hi"), html.lang, kept.size]).toEqual(["Bonjour", "fr", 0]);
});

test("if the first words do not come, English stands in and says so", async () => {
  const core = await open(["ar"], { ar: () => Promise.reject(new Error("offline")) });
  expect([core.render("hi"), html.lang, html.dir]).toEqual(["Hello", "en", "ltr"]);
});

test("the newest wish wins, whichever words come last", async () => {
  let late: (words: Words) => void = () => undefined;
  const core = await open(["en"], { fr: () => new Promise((resolve) => (late = resolve)) });
  const slow = core.speak("fr", true);
  await core.speak("es", true);
  late({ hi: "Bonjour" });
  await slow;
  expect([core.render("hi"), core.language(), kept.get("majlis.language")]).toEqual(["Hola", "es", "es"]);
});

test("a part that comes late speaks English until its words are brought, and keeps the wish that is under way", async () => {
  let late: (words: Words) => void = () => undefined;
  const french = new Promise<Words>((resolve) => (late = resolve));
  const core = await open(["ar"], { fr: () => french });
  const words = (poll: string) => async (): Promise<Words> => ({ poll });
  const of = {
    ar: words("استطلاع"),
    zh: words("投票"),
    fr: words("Sondage"),
    ru: words("Опрос"),
    es: words("Encuesta"),
  };
  const slow = core.speak("fr", true);
  const bring = core.register({ poll: "Poll" }, of);
  expect([core.render("poll"), core.render("hi")]).toEqual(["Poll", "أهلًا"]);
  const brought = bring();
  late({ hi: "Bonjour" });
  await Promise.all([slow, brought]);
  expect([core.render("poll"), core.render("hi"), kept.get("majlis.language")]).toEqual(["Sondage", "Bonjour", "fr"]);
});

test("words that are brought twice at once are there for whoever waited for the first", async () => {
  const core = await open(["ar"]);
  let late: (words: Words) => void = () => undefined;
  const arabic = new Promise<Words>((resolve) => (late = resolve));
  const loads = [Promise.resolve({ poll: "استطلاع" }), arabic];
  const load = (): Promise<Words> => loads.shift() ?? arabic;
  const all = { ar: load, zh: load, fr: load, ru: load, es: load };
  const bring = core.register({ poll: "Poll" }, all);
  const seen = [bring(), bring()].map((brought) => brought.then(() => core.render("poll")));
  setTimeout(() => late({ poll: "استطلاع" }));
  expect(await Promise.all(seen)).toEqual(["استطلاع", "استطلاع"]);
});

test("a part that comes while a language is on its way is spoken with it", async () => {
  let late: (words: Words) => void = () => undefined;
  const core = await open(["en"], { es: () => new Promise((resolve) => (late = resolve)) });
  const slow = core.speak("es", true);
  const words = async (): Promise<Words> => ({ poll: "Encuesta" });
  core.register({ poll: "Poll" }, { ar: words, zh: words, fr: words, ru: words, es: words });
  late({ hi: "Hola" });
  await slow;
  expect([core.render("poll"), core.render("hi")]).toEqual(["Encuesta", "Hola"]);
});

test("numbers and dates are in the reader's region, with common digits and the programme's calendar", async () => {
  const of = async (wish: string): Promise<string> => (await open([wish])).locale();
  expect(await of("ar-SA")).toBe("ar-SA-u-ca-gregory-nu-latn");
  expect(await of("fr-CA-u-hc-h12")).toBe("fr-CA-u-ca-gregory-nu-latn");
  expect(await of("zh-TW")).toBe("zh-Hans-u-ca-gregory-nu-latn");
  expect(html.lang).toBe("zh-Hans");
  const day = new Intl.DateTimeFormat(await of("ar-SA"), { year: "numeric" }).format(Date.UTC(2026, 11, 3));
  expect(day).toContain("2026");
});

test("names in a list keep their own direction", async () => {
  await open(["ar"]);
  const { formatList } = await import("../../src/i18n/format.ts");
  expect(formatList(["Ana", "هدى"])).toBe("\u2068Ana\u2069 و\u2068هدى\u2069");
});
