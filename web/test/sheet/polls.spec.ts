import { mkdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { type Kind, kinds } from "../../src/model/poll.ts";
import { axe } from "../look/axe.ts";
import { docs, FakeHub, serve } from "../look/fake.ts";
import { misfits } from "../look/fit.ts";
import { office, results } from "../look/organiser.data.ts";
import { type Moment, pollResults, putPoll, samples } from "../look/polls.data.ts";

// A sheet for each page with every kind of poll in each state: look/polls-<page>.png.

const folder = fileURLToPath(new URL("../../../look/polls/", import.meta.url));
const NOW = Date.now();

interface Cell {
  name: string;
  options: BrowserContextOptions;
  path: string;
  role: "attendee" | "moderator" | "screen";
  moment: Moment;
  more?: object;
  act?: (page: Page, kind: Kind) => Promise<unknown>;
}

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const hall: BrowserContextOptions = { viewport: { width: 1280, height: 720 } };
const tablet: BrowserContextOptions = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const arabic: BrowserContextOptions = { locale: "ar" };
const dark: BrowserContextOptions = { colorScheme: "dark" };

const onPhone = (name: string, moment: Moment, options: BrowserContextOptions = {}, more: object = {}): Cell => ({
  name,
  options: { ...phone, ...options },
  path: "/s/opening#polls",
  role: "attendee",
  moment,
  more,
});

const inHall = (name: string, moment: Moment, more: object, query = ""): Cell => ({
  name,
  options: hall,
  path: `/screen/opening${query}`,
  role: "screen",
  moment,
  more,
});

const atDesk = (
  name: string,
  moment: Moment,
  more: object = {},
  options: BrowserContextOptions = {},
  act?: Cell["act"],
): Cell => ({
  name,
  options: { ...tablet, ...options },
  path: "/m/opening",
  role: "moderator",
  moment,
  more,
  act: async (page, kind) => {
    await page.locator("#tab-polls").click();
    await page.locator(".mod-poll, .side").first().waitFor();
    await act?.(page, kind);
  },
});

const fresh = async (page: Page, kind: Kind): Promise<void> => {
  await page
    .locator("#panel-polls .button[data-look], #panel-polls .row .button")
    .filter({ hasText: "New poll" })
    .click();
  await page.locator(".kind").nth(kinds.indexOf(kind)).click();
};

const pages: Record<string, { width: number; cells: Cell[] }> = {
  attendee: {
    width: 210,
    cells: [
      onPhone("open", "open", {}, { closes: NOW + 95_000 }),
      onPhone("answered", "answered"),
      onPhone("closed", "closed"),
      onPhone("open-ar-dark", "open", { ...arabic, ...dark }),
      onPhone("closed-ar", "closed", arabic),
      onPhone("closed-dark", "closed", dark),
    ],
  },
  screen: {
    width: 420,
    cells: [
      inHall("open", "open", { closes: NOW + 25_000 }),
      inHall("live", "open", { results: "shown" }),
      inHall("closed", "closed", {}),
      inHall("closed-ar", "closed", {}, "?lang=ar"),
    ],
  },
  moderator: {
    width: 330,
    cells: [
      atDesk("new", "draft", {}, {}, fresh),
      atDesk("draft", "draft", {}, {}, (page) => page.locator(".poll-title").first().click()),
      atDesk("open", "open", { results: "shown", closes: NOW + 60_000 }),
      atDesk("closed-ar", "closed", {}, arabic, (page) => page.locator(".poll-title").first().click()),
    ],
  },
};

let server: Server;
let url = "";
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

for (const [name, { width, cells }] of Object.entries(pages)) {
  test(`polls on the page of the ${name}`, async ({ browser }) => {
    const wrong: string[] = [];
    for (const kind of kinds) {
      for (const cell of cells) wrong.push(...(await shoot(browser, name, kind, cell)));
    }
    await compose(browser, name, width, cells);
    expect(wrong).toEqual([]);
  });
}

test("results of all polls on the page of the organiser", async ({ browser }) => {
  const wrong: string[] = [];
  for (const [name, options] of Object.entries({
    desk: { viewport: { width: 1280, height: 900 } },
    phone: { ...phone, ...arabic },
  })) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on("pageerror", (e) => wrong.push(e.message));
    await new FakeHub(page, NOW, { ...docs(NOW, "moderator"), "conference/waters": { doc: office(NOW) } }).start();
    await page.route("**/results.json", (route) => route.fulfill({ json: { ...results, polls: pollResults() } }));
    await page.goto(`${url}/o/waters#results`);
    await page.locator(".ses-tools .button").first().click();
    await page.locator(".result-parts .cloud li[data-placed]").first().waitFor();
    await page.screenshot({ path: `${folder}organiser-${name}.png`, fullPage: true });
    wrong.push(...(await axe(page)), ...(await misfits(page)));
    await context.close();
  }
  expect(wrong).toEqual([]);
});

async function shoot(browser: Browser, name: string, kind: Kind, cell: Cell): Promise<string[]> {
  const context = await browser.newContext(cell.options);
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (m) => m.type() !== "log" && said.push(m.text()));
  page.on("pageerror", (e) => said.push(e.message));
  await new FakeHub(page, NOW, boards(kind, cell)).start();
  await page.goto(url + cell.path);
  await page.locator(".poll, .big-poll, .console").first().waitFor();
  await cell.act?.(page, kind);
  await page.waitForTimeout(450);
  await page.screenshot({ path: `${folder}${name}-${kind}-${cell.name}.png`, fullPage: cell.role !== "screen" });
  const found = [...said, ...(await axe(page)), ...(await misfits(page))];
  await context.close();
  return found.map((line) => `${kind} ${cell.name}: ${line}`);
}

/** A board with this poll alone. */
function boards(kind: Kind, cell: Cell): ReturnType<typeof docs> {
  const topics = docs(NOW, cell.role);
  const topic = topics["session/opening"];
  const board = topic?.doc as Record<string, Record<string, unknown>>;
  const mine = (topic?.mine ?? {}) as Record<string, Record<string, unknown>>;
  board["poll"] = {};
  board["tally"] = {};
  mine["answer"] = {};
  const id = putPoll(board, mine, samples[kind], cell.moment, NOW, cell.more);
  board["stage"] = { _: { question: null, poll: cell.moment === "draft" ? null : id } };
  return topics;
}

/** Lays the pictures out, a row a kind. */
async function compose(browser: Browser, name: string, width: number, cells: readonly Cell[]): Promise<void> {
  const picture = (kind: Kind, cell: Cell): string => {
    const data = readFileSync(`${folder}${name}-${kind}-${cell.name}.png`).toString("base64");
    return `<td><img width="${width}" src="data:image/png;base64,${data}"></td>`;
  };
  const rows = kinds.map((kind) => `<tr><th>${kind}</th>${cells.map((c) => picture(kind, c)).join("")}</tr>`);
  const heads = cells.map((c) => `<th>${c.name}</th>`).join("");
  const page = await browser.newPage({ viewport: { width: cells.length * (width + 10) + 120, height: 1000 } });
  await page.setContent(
    `<style>body{margin:16px;background:#888;font:18px sans-serif}td{padding:4px;vertical-align:top}img{display:block}</style>
     <table><tr><th></th>${heads}</tr>${rows.join("")}</table>`,
  );
  await page.screenshot({ path: `${folder}../polls-${name}.png`, fullPage: true });
  await page.close();
}
