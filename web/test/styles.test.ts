import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));
const read = (ending: RegExp): Map<string, string> =>
  new Map(
    readdirSync(src, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && ending.test(e.name))
      .map((e) => [e.name, readFileSync(join(e.parentPath, e.name), "utf8").replace(/\/\*[\s\S]*?\*\//g, "")]),
  );
const sheets = read(/\.css$/);
const code = [...read(/\.tsx?$/).values()].join("\n");
const all = [...sheets.values()].join("\n");
const tokens = sheets.get("tokens.css") ?? "";

const matches = (text: string, shape: RegExp): string[] => [
  ...new Set([...text.matchAll(shape)].map((m) => m[1] ?? "")),
];

test("what is used is defined, and what is defined is used", () => {
  const defined = matches(`${all}${code}`, /(?:^|[\s"{])(--[\w-]+)"?:/gm);
  const used = matches(`${all}${code}`, /(?:var\(|getPropertyValue\(["`])(--[\w-]+)/g);
  const spoken = matches(code, /"(--[\w-]+)"/g);
  expect(used.filter((name) => !defined.includes(name) && !spoken.includes(name))).toEqual([]);
  expect(defined.filter((name) => !used.includes(name) && !spoken.includes(name))).toEqual([]);
  expect(matches(tokens, /(--[\w-]+):/g).length).toBeGreaterThan(50);
});

describe.each([...sheets].filter(([name]) => name !== "tokens.css"))("%s", (_, css) => {
  test("takes colours, corners, layers and times from the tokens", () => {
    expect(matches(css, /(#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|oklch\()/g)).toEqual([]);
    expect(matches(css, /border-radius: ((?!var\(|calc\(|50%)[^;]*)/g)).toEqual([]);
    expect(matches(css, /z-index: ((?!var\()[^;]*)/g)).toEqual([]);
    expect(matches(css, /transition: [^;]*?\b(\d+m?s)\b/g).filter((t) => t !== "1ms")).toEqual([]);
    expect(matches(css, /font-weight: ([^;]*)/g).filter((w) => w !== "600" && w !== "700")).toEqual([]);
  });

  test("goes with the direction of writing", () => {
    const physical =
      /(?:^|[\s;{])((?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|text-align: (?:left|right)|float)\s*:/gm;
    expect(matches(css.replace(/@media[^{]*/g, ""), physical)).toEqual([]);
  });
});
