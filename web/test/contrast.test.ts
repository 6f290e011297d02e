import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const css = readFileSync(fileURLToPath(new URL("../src/styles/tokens.css", import.meta.url)), "utf8");

function tokens(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/g)].map((m) => [m[1] ?? "", m[2] ?? ""]),
  );
}

function block(start: string): string {
  const at = css.indexOf(start);
  return css.slice(at, css.indexOf("}", at));
}

const light = tokens(block(":root {"));
const themes: Record<string, Record<string, string>> = {
  light,
  dark: { ...light, ...tokens(block(":root:not([data-theme])")) },
  hall: { ...light, ...tokens(block('[data-theme="hall"]')) },
  paper: { ...light, ...tokens(block('[data-theme="paper"]')) },
};

/** WCAG 2.2: text 4.5 to 1, parts of controls and pictures 3 to 1. Text pairs get some air. */
const pairs: [string, string, number][] = [
  ["text", "bg", 7],
  ["text", "surface", 7],
  ["text", "surface-2", 7],
  ["text", "accent-soft", 7],
  ["text-2", "bg", 4.5],
  ["text-2", "surface", 4.5],
  ["text-2", "surface-2", 4.5],
  ["text-2", "accent-soft", 4.5],
  ["text", "warn-soft", 7],
  ["text", "danger-soft", 7],
  ["on-accent", "accent", 4.5],
  ["accent", "bg", 4.5],
  ["accent", "surface", 4.5],
  ["accent", "accent-soft", 4.5],
  ["accent-strong", "accent-soft", 4.5],
  ["on-accent", "accent-strong", 4.5],
  ["ok", "ok-soft", 4.5],
  ["ok", "surface", 4.5],
  ["warn", "warn-soft", 4.5],
  ["warn", "surface", 4.5],
  ["danger", "danger-soft", 4.5],
  ["danger", "surface", 4.5],
  ["danger", "bg", 4.5],
  ["on-danger", "danger", 4.5],
  ["line-strong", "bg", 3],
  ["line-strong", "surface", 3],
  ["line-strong", "surface-2", 3],
  ["bar-lead", "surface-2", 3],
];

describe.each(Object.entries(themes))("%s", (_, theme) => {
  test.each(pairs)("%s on %s is at least %d to 1", (front, back, least) => {
    expect(ratio(theme[front], theme[back])).toBeGreaterThanOrEqual(least);
  });
});

function ratio(a = "", b = ""): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => channel(Number.parseInt(full.slice(i, i + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channel(v: number): number {
  return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}
