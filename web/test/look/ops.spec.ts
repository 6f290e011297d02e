import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { axe } from "./axe.ts";
import { serve } from "./fake.ts";
import { numbers, START } from "./ops.data.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Seconds between two steps of the page's clock: short of what the page takes for a hole. */
const STEP = 3;
const STEPS = 305;

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const desk: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } };
const dark: BrowserContextOptions = { colorScheme: "dark" };
const arabic: BrowserContextOptions = { locale: "ar" };

interface Shot {
  name: string;
  options: BrowserContextOptions;
  world?: "calm" | "slow" | "restarted" | "gone";
  act?: (page: Page) => Promise<void>;
}

const shots: Shot[] = [
  { name: "calm", options: desk },
  { name: "calm-dark", options: { ...desk, ...dark } },
  { name: "calm-ar", options: { ...desk, ...arabic } },
  { name: "slow-dark-ar", options: { ...desk, ...dark, ...arabic }, world: "slow" },
  { name: "phone", options: phone },
  { name: "phone-ar-dark", options: { ...phone, ...dark, ...arabic }, world: "slow" },
  { name: "gone", options: desk, world: "gone" },
  { name: "restarted", options: desk, world: "restarted" },
  {
    name: "tables",
    options: desk,
    act: async (page) => {
      for (const i of [0, 1, 3]) await page.locator(".chart-head .button").nth(i).click();
    },
  },
  { name: "paused", options: { ...phone, ...dark }, act: (page) => page.locator(".bar-tools .button").click() },
];

let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(here("../../dist")));
});
test.afterAll(() => void server.close());

for (const shot of shots) {
  test(`ops-${shot.name}`, async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({ ...shot.options, timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    const complaints: string[] = [];
    const expected = shot.world === "gone" ? /ERR_FAILED/ : /^$/;
    page.on("console", (m) => m.type() !== "log" && !expected.test(m.text()) && complaints.push(m.text()));
    page.on("pageerror", (e) => complaints.push(e.message));
    await page.clock.install({ time: START });
    let second = 0;
    await page.route("**/ops/data.json", (route) => {
      if (shot.world === "gone" && second > 800) return route.abort();
      return route.fulfill({ json: numbers(second, shot.world ?? "calm") });
    });
    await page.goto(`${url}/ops`);
    for (let i = 0; i < STEPS; i++) {
      second += STEP;
      const answer = page.waitForEvent("requestfinished", { timeout: 150 }).catch(() => undefined);
      await page.clock.fastForward(STEP * 1_000);
      if (second <= 800 || shot.world !== "gone") await answer;
    }
    await page.clock.runFor(200);
    await shot.act?.(page);
    await page.clock.runFor(100);
    await page.screenshot({ path: here(`../../../look/ops-${shot.name}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const points = await page.evaluate(() => document.querySelectorAll(".plot canvas").length);
    await context.close();
    expect(complaints).toEqual([]);
    expect(points).toBeGreaterThan(0);
    expect(wide, "pixels of sideways scroll").toBeLessThanOrEqual(0);
  });
}

test("ops-axe", async ({ page }) => {
  await page.route("**/ops/data.json", (route) => route.fulfill({ json: numbers(1, "slow") }));
  await page.goto(`${url}/ops`);
  await page.locator(".tiles").waitFor();
  await page.locator(".chart-head .button").first().click();
  expect(await axe(page)).toEqual([]);
});
