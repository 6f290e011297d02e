import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { languages } from "../../src/i18n/languages.ts";
import { kinds } from "../../src/model/poll.ts";
import { docs, FakeHub, serve } from "./fake.ts";
import { misfits } from "./fit.ts";
import { type Moment, putPoll, samples } from "./polls.data.ts";

// All kinds of polls at once, in every language, at the size of a small phone.

const NOW = Date.now();
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let server: Server;
let url = "";
test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

type Board = Record<string, Record<string, unknown>>;

async function open(page: Page, role: "attendee" | "moderator", moment: Moment): Promise<void> {
  const topics = docs(NOW, role);
  const board = topics["session/opening"]?.doc as Board;
  const mine = (topics["session/opening"]?.mine ?? {}) as Board;
  Object.assign(board, { poll: {}, tally: {}, stage: { _: { question: null, poll: null } } });
  Object.assign(mine, { answer: {} });
  for (const kind of kinds)
    putPoll(board, mine, samples[kind], moment, NOW, { closes: NOW + 95_000, results: "shown" });
  await new FakeHub(page, NOW, topics).start();
  await page.goto(url + (role === "moderator" ? "/m/opening" : "/s/opening#polls"));
  await page.locator("#tab-polls").click();
  await page
    .locator(".poll, .mod-poll")
    .nth(kinds.length - 1)
    .waitFor();
  for (const fold of await page.locator(".poll-more > summary").all()) await fold.click();
  // What is out of sight is not laid out, and would fit whatever it says.
  await page.evaluate(() => {
    for (const item of document.querySelectorAll<HTMLElement>(".rows > li")) item.style.contentVisibility = "visible";
  });
  await page.waitForTimeout(300);
}

for (const { code } of languages) {
  test(`all kinds of polls fit a phone in ${code}`, async ({ browser }) => {
    test.slow();
    const found: string[] = [];
    for (const [role, moment] of [
      ["attendee", "open"],
      ["attendee", "closed"],
      ["moderator", "open"],
    ] as const) {
      const context = await browser.newContext({ ...phone, locale: code });
      const page = await context.newPage();
      await open(page, role, moment);
      found.push(...(await misfits(page)).map((line) => `${role} ${moment}: ${line}`));
      if (process.env["LOOK"])
        await page.screenshot({ path: `${process.env["LOOK"]}/polls-${role}-${moment}-${code}.png`, fullPage: true });
      await context.close();
    }
    expect(found).toEqual([]);
  });
}
