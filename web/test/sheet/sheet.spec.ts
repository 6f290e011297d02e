import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, test } from "@playwright/test";
import { Server } from "../e2e/server.ts";

const folder = fileURLToPath(new URL("../../../look/", import.meta.url));

interface Look {
  name: string;
  size: "phone" | "desk";
  options: BrowserContextOptions;
}

/** Every page is looked at in these eight ways. */
const looks: readonly Look[] = (["phone", "desk"] as const).flatMap((size) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    ["en", "ar"].map((locale) => ({
      name: `${size}-${colorScheme}-${locale}`,
      size,
      options: {
        viewport: size === "phone" ? { width: 360, height: 740 } : { width: 1920, height: 1080 },
        colorScheme,
        locale,
      },
    })),
  ),
);

interface View {
  name: string;
  url: (s: Server) => string;
  act?: (page: Page) => Promise<unknown>;
}

const views: readonly View[] = [
  { name: "join", url: (s) => s.url },
  { name: "questions", url: (s) => s.link("attendee"), act: (p) => p.locator("#tab-questions").click() },
  { name: "polls", url: (s) => s.link("attendee"), act: (p) => p.locator("#tab-polls").click() },
  { name: "programme", url: (s) => s.link("attendee"), act: (p) => p.locator("#tab-programme").click() },
  { name: "conference", url: (s) => `${s.url}/c/summit#all` },
  { name: "moderator", url: (s) => s.link("moderator") },
  { name: "screen", url: (s) => s.link("screen") },
  { name: "organiser", url: (s) => s.link("organiser") },
  { name: "ops", url: (s) => s.opsURL, act: (p) => p.waitForTimeout(3_000) },
];

const file = (view: string, look: string): string => `${folder}${view}-${look}.png`;

test("all pages on one sheet", async ({ browser }) => {
  mkdirSync(folder, { recursive: true });
  const server = await Server.start();
  try {
    for (const look of looks) await take(browser, server, look);
  } finally {
    await server.stop();
  }
  await compose(browser);
});

async function take(browser: Browser, server: Server, look: Look): Promise<void> {
  for (const view of views) {
    const context = await browser.newContext(look.options);
    const page = await context.newPage();
    await page.goto(view.url(server));
    await page.waitForLoadState("networkidle").catch(() => undefined);
    await view.act?.(page);
    await page.waitForTimeout(600);
    await page.screenshot({ path: file(view.name, look.name) });
    await context.close();
  }
}

/** Lays the pictures out, a row a page. */
async function compose(browser: Browser): Promise<void> {
  const cell = (view: View, look: Look): string => {
    const picture = readFileSync(file(view.name, look.name)).toString("base64");
    const width = look.size === "phone" ? 200 : 560;
    return `<td><img width="${width}" src="data:image/png;base64,${picture}"></td>`;
  };
  const rows = views.map((v) => `<tr><th>${v.name}</th>${looks.map((l) => cell(v, l)).join("")}</tr>`);
  const heads = looks.map((l) => `<th>${l.name}</th>`).join("");
  const page = await browser.newPage({ viewport: { width: 3250, height: 1000 } });
  await page.setContent(
    `<style>body{margin:16px;background:#888;font:18px sans-serif}td{padding:4px}img{display:block}</style>
     <table><tr><th></th>${heads}</tr>${rows.join("")}</table>`,
  );
  await page.screenshot({ path: `${folder}sheet.png`, fullPage: true });
  await page.close();
}
