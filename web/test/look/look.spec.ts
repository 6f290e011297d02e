import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import type { session } from "./data.ts";
import { docs, FakeHub, serve } from "./fake.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const NOW = Date.now();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
declare const axe: typeof import("axe-core");

interface Shot {
  name: string;
  path: string;
  role?: "attendee" | "moderator" | "screen";
  options?: BrowserContextOptions;
  full?: boolean;
  act?: (page: Page) => Promise<void>;
  change?: (board: Board) => unknown;
}

type Board = ReturnType<typeof session>;
const POLL = "01JP0000000000000000000001";
const CLOSED = "01JP0000000000000000000002";

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const desk: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } };
const dark: BrowserContextOptions = { colorScheme: "dark" };
const arabic: BrowserContextOptions = { locale: "ar" };
const tab = (name: string) => async (page: Page) => void (await page.locator(`#tab-${name}`).click());

const shots: Shot[] = [
  { name: "join", path: "/", options: phone },
  { name: "join-ar-dark", path: "/", options: { ...phone, ...dark, ...arabic } },
  { name: "polls", path: "/s/opening", options: phone },
  { name: "questions", path: "/s/opening", options: phone, act: tab("questions"), full: true },
  { name: "questions-top", path: "/s/opening", options: phone, act: tab("questions") },
  { name: "questions-dark", path: "/s/opening", options: { ...phone, ...dark }, act: tab("questions"), full: true },
  { name: "questions-ar", path: "/s/opening", options: { ...phone, ...arabic }, act: tab("questions"), full: true },
  { name: "questions-desk", path: "/s/opening", options: desk, act: tab("questions") },
  { name: "polls-ar-dark", path: "/s/opening", options: { ...phone, ...dark, ...arabic }, full: true },
  {
    name: "questions-narrow-ar",
    path: "/s/opening",
    options: { ...phone, ...arabic, viewport: { width: 320, height: 640 } },
    act: tab("questions"),
  },
  { name: "programme", path: "/s/opening", options: phone, act: tab("programme"), full: true },
  { name: "conference-desk-ar", path: "/c/waters", options: { ...desk, ...arabic } },
  { name: "conference", path: "/c/waters", options: phone },
  {
    name: "asking",
    path: "/s/opening",
    options: phone,
    act: async (page) => {
      await page.locator("#tab-questions").click();
      await page.locator("textarea").fill("Will there be interpretation into Portuguese this afternoon?");
      await page.locator("textarea").focus();
    },
  },
  { name: "moderator", path: "/m/opening", role: "moderator", options: desk },
  { name: "moderator-phone", path: "/m/opening", role: "moderator", options: phone },
  { name: "moderator-ar-dark", path: "/m/opening", role: "moderator", options: { ...desk, ...dark, ...arabic } },
  { name: "moderator-session", path: "/m/opening", role: "moderator", options: desk, act: tab("session") },
  {
    name: "moderator-more",
    path: "/m/opening",
    role: "moderator",
    options: { ...desk, viewport: { width: 1440, height: 1200 } },
    act: async (page) => {
      await page.locator("[data-lane=live] [aria-expanded]").first().click();
      await page.locator("[data-lane=inbox] .mod-choose").first().check();
      await page.locator("[data-lane=inbox] .mod-choose").nth(1).check();
      await page.locator("#tab-session").click();
      for (const fold of await page.locator(".side .fold > summary").all()) await fold.click();
    },
  },
  {
    name: "moderator-new-poll",
    path: "/m/opening",
    role: "moderator",
    options: desk,
    act: async (page) => {
      await page.locator(".side .button", { hasText: "New poll" }).click();
      await page.locator(".kind").first().click();
    },
  },
  { name: "screen-question", path: "/screen/opening", role: "screen", options: desk },
  {
    name: "screen-top",
    path: "/screen/opening",
    role: "screen",
    options: desk,
    change: (d) =>
      Object.assign(d.stage._, { question: null }) &&
      Object.assign(d.poll, { [POLL]: { ...d.poll[POLL], state: "closed" } }),
  },
  {
    name: "screen-closing",
    path: "/screen/opening",
    role: "screen",
    options: desk,
    change: (d) => Object.assign(d.session._, { closes: { at: NOW + 110_000, to: "votes" } }),
  },
  {
    name: "screen-dark",
    path: "/screen/opening",
    role: "screen",
    options: desk,
    change: (d) => Object.assign(d.stage._, { question: null, dark: true }),
  },
  {
    name: "questions-rich-ar",
    path: "/s/opening",
    options: { ...phone, ...arabic },
    full: true,
    change: (d) =>
      Object.assign(d.session._, { downs: true, closes: { at: NOW + 110_000, to: "votes" } }) &&
      Object.assign(d, {
        intro: { _: { text: "One question each, please.\nWe read them all." } },
        ledger: { _: { received: 31, shown: 20, merged: 4, answered: 6, declined: { "off-topic": 2 } } },
      }),
    act: async (page) => {
      await page.locator("#tab-questions").click();
      await page.locator("textarea").fill("Who will pay for the sensors after the pilot?");
      await page.locator(".similar").waitFor();
      await page.locator(".questions > .fold > summary").first().click();
    },
  },
  {
    name: "screen-hidden",
    path: "/screen/opening",
    role: "screen",
    options: desk,
    change: (d) => Object.assign(d.stage._, { question: null }),
  },
  {
    name: "screen-poll-ar",
    path: "/screen/opening?lang=ar",
    role: "screen",
    options: desk,
    change: (d) => Object.assign(d.stage._, { poll: CLOSED }),
  },
  {
    name: "screen-poll-light",
    path: "/screen/opening?theme=light",
    role: "screen",
    options: desk,
    change: (d) => Object.assign(d.stage._, { poll: CLOSED }),
  },
];

let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? here("../../dist")));
});
test.afterAll(() => void server.close());

for (const shot of shots) {
  test(shot.name, async ({ browser }) => {
    const context = await browser.newContext(shot.options ?? {});
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (m) => m.type() !== "log" && complaints.push(m.text()));
    page.on("pageerror", (e) => complaints.push(e.message));
    const topics = docs(NOW, shot.role);
    shot.change?.(topics["session/opening"]?.doc as Board);
    await new FakeHub(page, NOW, topics).start();
    await page.goto(url + shot.path);
    await page.waitForTimeout(500);
    await shot.act?.(page);
    await page.waitForTimeout(300);
    await page.screenshot({ path: here(`../../../look/${shot.name}.png`), fullPage: shot.full ?? false });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.evaluate(AXE);
    const report = await page.evaluate(async () => {
      const { violations } = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      });
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
    });
    await context.close();
    expect(report).toEqual([]);
    expect(complaints).toEqual([]);
    expect(wide, "pixels of sideways scroll").toBeLessThanOrEqual(0);
  });
}
