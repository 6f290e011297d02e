import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, test } from "@playwright/test";
import { languages } from "../../src/i18n/languages.ts";
import { Server } from "../e2e/server.ts";

const folder = fileURLToPath(new URL("../../../look/", import.meta.url));

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1920, height: 1080 } } as const;
type Size = keyof typeof sizes;

interface Look {
  name: string;
  size: Size;
  options: BrowserContextOptions;
}

const look = (size: Size, colorScheme: "light" | "dark", locale: string): Look => ({
  name: `${size}-${colorScheme}-${locale}`,
  size,
  options: { viewport: sizes[size], colorScheme, locale },
});

/** A left-to-right and a right-to-left language in every size and light; the others as most people see them. */
const thorough = ["en", "ar"];
const looks: readonly Look[] = [
  ...(["phone", "desk"] as const).flatMap((size) =>
    (["light", "dark"] as const).flatMap((light) => thorough.map((locale) => look(size, light, locale))),
  ),
  ...languages.filter(({ code }) => !thorough.includes(code)).map(({ code }) => look("phone", "light", code)),
];

interface View {
  name: string;
  url: (s: Server) => string;
  act?: (page: Page) => Promise<unknown>;
}

/** Pages drawn at the same time. */
const TOGETHER = 4;

const tab = (name: string) => (page: Page) => page.locator(`#tab-${name}`).click();

const views: readonly View[] = [
  { name: "join", url: (s) => s.url },
  { name: "questions", url: (s) => s.link("attendee"), act: tab("questions") },
  { name: "polls", url: (s) => s.link("attendee"), act: tab("polls") },
  { name: "programme", url: (s) => s.link("attendee"), act: tab("programme") },
  { name: "conference", url: (s) => `${s.url}/c/summit#all` },
  { name: "moderator", url: (s) => s.link("moderator") },
  { name: "moderator-session", url: (s) => s.link("moderator"), act: tab("session") },
  { name: "screen", url: (s) => s.link("screen") },
  { name: "stage", url: (s) => s.link("stage") },
  { name: "translate", url: (s) => s.link("translator") },
  { name: "organiser", url: (s) => s.link("organiser") },
  { name: "organiser-access", url: (s) => s.link("organiser"), act: tab("access") },
  { name: "organiser-settings", url: (s) => s.link("organiser"), act: tab("settings") },
  { name: "ops", url: (s) => s.opsURL, act: (p) => p.waitForTimeout(3_000) },
  { name: "enter", url: (s) => `${s.url}/enter#x` },
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
  for (let i = 0; i < views.length; i += TOGETHER) {
    await Promise.all(views.slice(i, i + TOGETHER).map((view) => shoot(browser, server, look, view)));
  }
}

/** A context a view: what one page keeps must not show in the next. */
async function shoot(browser: Browser, server: Server, look: Look, view: View): Promise<void> {
  const context = await browser.newContext(look.options);
  const page = await context.newPage();
  await page.goto(view.url(server));
  await page.locator("#app > *").first().waitFor();
  await page.waitForTimeout(800);
  await view.act?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: file(view.name, look.name) });
  await context.close();
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
  const page = await browser.newPage({ viewport: { width: 4250, height: 1000 } });
  await page.setContent(
    `<style>body{margin:16px;background:#888;font:18px sans-serif}td{padding:4px}img{display:block}</style>
     <table><tr><th></th>${heads}</tr>${rows.join("")}</table>`,
  );
  await page.screenshot({ path: `${folder}sheet.png`, fullPage: true });
  await page.close();
}
