import { mkdirSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { type Kind, kinds } from "../../src/model/poll.ts";
import { axe } from "../look/axe.ts";
import { serve } from "../look/fake.ts";
import { misfits } from "../look/fit.ts";
import { results } from "../look/organiser.data.ts";
import { type Moment, pollResults, putPoll, samples } from "../look/polls.data.ts";
import type { State, World } from "../look/state.ts";
import { Visitor } from "../look/visitor.ts";
import { compose, type Picture } from "./compose.ts";

// A sheet for each page with every kind of poll in each state: look/polls-<page>.png.

const folder = fileURLToPath(new URL("../../../look/polls/", import.meta.url));

interface Cell {
  name: string;
  options: BrowserContextOptions;
  path: string;
  role: "attendee" | "moderator" | "screen";
  moment: Moment;
  /** What is set besides; times are from now on. */
  more?: { results?: "shown"; closes?: number };
  act?: (page: Page, kind: Kind) => Promise<unknown>;
}

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const hall: BrowserContextOptions = { viewport: { width: 1280, height: 720 } };
const tablet: BrowserContextOptions = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const arabic: BrowserContextOptions = { locale: "ar" };
const dark: BrowserContextOptions = { colorScheme: "dark" };

const onPhone = (name: string, moment: Moment, options: BrowserContextOptions = {}, more: Cell["more"] = {}): Cell => ({
  name,
  options: { ...phone, ...options },
  path: "/s/opening#polls",
  role: "attendee",
  moment,
  ...(more && { more }),
});

const inHall = (name: string, moment: Moment, more: Cell["more"], query = ""): Cell => ({
  name,
  options: hall,
  path: `/screen/opening${query}`,
  role: "screen",
  moment,
  ...(more && { more }),
});

const atDesk = (
  name: string,
  moment: Moment,
  more: Cell["more"] = {},
  options: BrowserContextOptions = {},
  act?: Cell["act"],
): Cell => ({
  name,
  options: { ...tablet, ...options },
  path: "/m/opening",
  role: "moderator",
  moment,
  ...(more && { more }),
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
      onPhone("open", "open", {}, { closes: 95_000 }),
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
      inHall("open", "open", { closes: 25_000 }),
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
      atDesk("open", "open", { results: "shown", closes: 60_000 }),
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
    rmSync(folder + name, { recursive: true, force: true });
    mkdirSync(folder + name, { recursive: true });
    const wrong: string[] = [];
    const rows = kinds.map((kind) => ({ title: kind, pictures: [] as Picture[] }));
    for (const cell of cells) wrong.push(...(await tour(browser, name, cell, width, rows)));
    await compose(browser, `${folder}../polls-${name}.png`, rows, 2 * (cells.length * (width + 12) + 72));
    expect(wrong).toEqual([]);
  });
}

/** All kinds of polls in one state. */
async function tour(
  browser: Browser,
  name: string,
  cell: Cell,
  width: number,
  rows: readonly { title: Kind; pictures: Picture[] }[],
): Promise<string[]> {
  const wrong: string[] = [];
  const visitor = await Visitor.come(browser, url, cell.options);
  for (const { title, pictures } of rows) {
    const file = `${folder}${name}/${title}-${cell.name}.jpg`;
    const found = await shoot(visitor, file, title, cell).catch((e: Error) => [`does not come: ${e.message}`]);
    wrong.push(...found.map((line) => `${title} ${cell.name}: ${line}`));
    pictures.push({ file, caption: cell.name, width });
  }
  await visitor.leave();
  return wrong;
}

async function shoot(visitor: Visitor, file: string, kind: Kind, cell: Cell): Promise<string[]> {
  const { act } = cell;
  const state: State = {
    name: cell.name,
    path: cell.path,
    seat: cell.role,
    there: ".poll, .big-poll, .console",
    change: (world) => alone(world, kind, cell),
    ...(act && { act: (page: Page) => act(page, kind) }),
  };
  const page = await visitor.open(state, cell.options.colorScheme === "dark" ? "dark" : "light");
  const found = await visitor.unroll(async () => {
    await page.screenshot({ path: file, type: "jpeg", quality: 85, fullPage: cell.role !== "screen" });
    return axe(page);
  });
  return [...found, ...(await misfits(page)), ...visitor.complaints()];
}

/** A board with this poll alone. */
function alone({ board, mine, now }: World, kind: Kind, { moment, more = {} }: Cell): void {
  Object.assign(board, { poll: {}, tally: {} });
  mine["answer"] = {};
  const { closes, ...rest } = more;
  const id = putPoll(board, mine, samples[kind], moment, now, { ...rest, ...(closes && { closes: now + closes }) });
  board["stage"] = { _: { question: null, poll: moment === "draft" ? null : id } };
}

test("results of all polls on the page of the organiser", async ({ browser }) => {
  const all = [{ title: "results", pictures: [] as Picture[] }];
  const wrong: string[] = [];
  mkdirSync(`${folder}organiser`, { recursive: true });
  const state: State = {
    name: "results",
    path: "/o/waters#results",
    seat: "moderator",
    there: ".ses-tools .button",
    rest: ({ pathname }) =>
      pathname.endsWith("/results.json") ? { json: { ...results, polls: pollResults() } } : undefined,
    act: async (page) => {
      await page.locator(".ses-tools .button").first().click();
      await page.locator(".result-parts .cloud li[data-placed]").first().waitFor();
    },
  };
  for (const [name, options, width] of [
    ["desk", { viewport: { width: 1280, height: 900 } }, 960],
    ["phone", { ...phone, ...arabic }, 270],
  ] as const) {
    const visitor = await Visitor.come(browser, url, options);
    const page = await visitor.open(state);
    const file = `${folder}organiser/${name}.jpg`;
    const found = await visitor.unroll(async () => {
      await page.screenshot({ path: file, type: "jpeg", quality: 85, fullPage: true });
      return axe(page);
    });
    wrong.push(...found, ...(await misfits(page)), ...visitor.complaints());
    all[0]?.pictures.push({ file, caption: name, width });
    await visitor.leave();
  }
  await compose(browser, `${folder}../polls-organiser.png`, all, 1_320);
  expect(wrong).toEqual([]);
});
