import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** Folder → what it may import from, and why not more. */
const table: Record<string, { may: string[]; why: string }> = {
  wire: { may: [], why: "frames and links stand alone; tests drive them without a page" },
  live: { may: ["wire"], why: "the state of topics knows the wire and nothing that is drawn" },
  model: { may: [], why: "questions about documents are pure" },
  i18n: { may: [], why: "words know nothing of what they are said about" },
  ui: { may: ["i18n"], why: "components are shown in any page, so they know neither wire nor model" },
  page: { may: ["ui", "live", "model", "i18n"], why: "what several screens share" },
  styles: { may: [], why: "only style sheets" },
};
const screen = {
  may: ["page", "ui", "live", "model", "i18n", "styles"],
  why: "screens speak to the hub through live, and not to each other",
};

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.tsx?$/.test(e.name))
  .map((e) => join(e.parentPath, e.name));

function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)].map((m) => m[1] ?? "");
}

test("there is something to look at", () => {
  expect(files.length).toBeGreaterThan(50);
});

test.each(files.map((file) => relative(src, file)))("%s imports only downwards", (name) => {
  const folder = name.split(sep)[0] ?? "";
  const rule = table[folder] ?? screen;
  for (const path of imports(join(src, name))) {
    const target = relative(src, normalize(join(src, dirname(name), path))).split(sep)[0] ?? "";
    if (target === folder) continue;
    expect(rule.may, `${folder} must not import ${target}: ${rule.why}`).toContain(target);
  }
});
