import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { languages } from "../../src/i18n/languages.ts";
import { docs, FakeHub, type Seat, serve } from "./fake.ts";
import { misfits } from "./fit.ts";
import { numbers } from "./ops.data.ts";
import { office, report, results } from "./organiser.data.ts";

// Every page in every language, at the size of a small phone: nothing sticks out
// of its box, no word is torn, and the page says which language it is in.

const NOW = Date.now();
let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

interface View {
  path: string;
  role?: Seat;
  /** What is there when the page is. */
  there: string;
  act?: (page: Page) => Promise<unknown>;
}

const tab = (name: string) => (page: Page) => page.locator(`#tab-${name}`).click();
const moderator = (act?: View["act"]): View => ({
  path: "/m/opening",
  role: "moderator",
  there: ".lane",
  ...(act ? { act } : {}),
});
const organiser = (hash: string, act?: View["act"]): View => ({
  path: `/o/waters#${hash}`,
  role: "moderator",
  there: ".desk-panel",
  ...(act ? { act } : {}),
});
const file = { name: "waters.json", mimeType: "application/json", buffer: Buffer.from("{}") };

const views: Record<string, View> = {
  join: { path: "/", there: ".join-card" },
  questions: { path: "/s/opening", there: ".main-tabs", act: tab("questions") },
  asking: {
    path: "/s/opening",
    there: ".main-tabs",
    act: async (page) => {
      await tab("questions")(page);
      await page.locator("textarea").fill("?");
    },
  },
  polls: { path: "/s/opening", there: ".main-tabs", act: tab("polls") },
  programme: { path: "/s/opening", there: ".main-tabs", act: tab("programme") },
  conference: { path: "/c/waters", there: ".slots" },
  inbox: moderator(tab("inbox")),
  live: moderator(tab("live")),
  "new poll": moderator(async (page) => {
    await tab("polls")(page);
    await page.locator("#panel-polls .row .button").first().click();
    await page.locator(".kind").last().waitFor();
  }),
  "new quiz": moderator(async (page) => {
    await tab("polls")(page);
    await page.locator("#panel-polls .row .button").first().click();
    await page.locator(".kind").nth(11).click();
    await page.locator(".poll-editor .fold summary").click();
  }),
  rules: moderator(tab("session")),
  screen: { path: "/screen/opening", role: "screen", there: ".hall" },
  stage: { path: "/stage/opening", role: "stage", there: ".podium" },
  translate: { path: "/translate/opening", role: "translator", there: ".work" },
  "translate one": {
    path: "/translate/opening",
    role: "translator",
    there: ".work",
    act: (page) => page.locator(".work .button[data-look=primary]").last().click(),
  },
  pace: {
    path: "/s/opening",
    there: ".reactions",
    act: (page) => page.locator(".reactions .feeling").last().click(),
  },
  upload: organiser("programme"),
  preview: organiser("programme", async (page) => {
    await page.locator("input[type=file]").setInputFiles(file);
    await page.locator(".diff-chip").first().waitFor();
  }),
  sessions: organiser("sessions", (page) => page.locator(".ses-tools .button[aria-expanded]").first().click()),
  access: organiser("access"),
  results: organiser("results", (page) => page.locator(".ses-tools .button").first().click()),
  settings: organiser("settings"),
  ops: { path: "/ops", there: ".tile" },
  enter: { path: "/enter#x", there: ".empty .button" },
};

async function open(page: Page, { path, role, there, act }: View): Promise<void> {
  await new FakeHub(page, NOW, { ...docs(NOW, role), "conference/waters": { doc: office(NOW) } }).start();
  await page.route("**/conferences/waters/programme?*", (route) => route.fulfill({ json: report(NOW) }));
  await page.route("**/results.json", (route) => route.fulfill({ json: results }));
  await page.route("**/ops/data.json", (route) => route.fulfill({ json: numbers(900, "slow") }));
  await page.route("**/api/v1/pass", (route) => route.fulfill({ status: 401, json: { code: "bad-pass" } }));
  await page.goto(url + path);
  await page.locator(there).first().waitFor();
  await act?.(page);
  await page.waitForTimeout(150);
}

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

for (const { code, tag, dir } of languages) {
  test(`all pages fit a phone in ${code}`, async ({ browser }) => {
    test.slow();
    const found: string[] = [];
    for (const [name, view] of Object.entries(views)) {
      const context = await browser.newContext({ ...phone, locale: code });
      const page = await context.newPage();
      await open(page, view);
      expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
        tag,
        dir,
      ]);
      found.push(...(await misfits(page)).map((line) => `${name}: ${line}`));
      if (process.env["LOOK"])
        await page.screenshot({ path: `${process.env["LOOK"]}/${name}-${code}.png`, fullPage: true });
      await context.close();
    }
    expect(found).toEqual([]);
  });
}
