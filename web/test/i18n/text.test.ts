import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../../src", import.meta.url));
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && e.name.endsWith(".tsx"))
  .map((e) => join(e.parentPath, e.name));

/** Words between tags (but names of formats), in an attribute that is read or seen, or handed to what shows or says them. */
const shapes = [
  /\}([^<>{}()=;&|]*\p{L}{2,}[^<>{}()=;&|]*)<\//gu,
  /(?<![=-])>([^<>{}()=;&|]*\p{L}{2,}[^<>{}()=;&|]*)[<{]/gu,
  /\b(?:aria-label|title|placeholder|alt|label|hint)="([^"]*\p{L}[^"]*)"/gu,
  /\b(?:toast|say|alarm|alert|confirm)\("([^"]*)"/gu,
  /document\.title = "([^"]*)"/gu,
];

const textsOf = (code: string): string[] =>
  shapes
    .flatMap((shape) => [...code.matchAll(shape)].map((m) => (m[1] ?? "").trim()))
    .filter((text) => !/^[A-Z]+$/.test(text));

test("it finds words that nobody translates", () => {
  expect(textsOf(`<p class="soft">Nobody is here</p>`)).toEqual(["Nobody is here"]);
  expect(textsOf(`<b>{n} people</b>`)).toEqual(["people"]);
  expect(textsOf(`<b>people {n}</b>`)).toEqual(["people"]);
  expect(textsOf(`<Button label="Close" />`)).toEqual(["Close"]);
  expect(textsOf(`toast("Saved")`)).toEqual(["Saved"]);
  expect(textsOf(`const f = (a: Map<string, number>): boolean => a.size > 3 && x < 4;`)).toEqual([]);
});

test.each(files.map((file) => relative(src, file)))("%s says nothing but through t()", (name) => {
  expect(textsOf(readFileSync(join(src, name), "utf8"))).toEqual([]);
});
