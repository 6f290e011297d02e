import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Found {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

interface Axe {
  run(of: Document, options: object): Promise<Found>;
}

/** What axe finds wrong on a page, a line each. The page in a page is looked at on its own: axe would wait for it. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run(document, { iframes: false, resultTypes: ["violations"] }),
  );
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} ${n.failureSummary}`));
}
