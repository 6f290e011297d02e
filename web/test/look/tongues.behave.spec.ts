import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { docs, FakeHub, type Seat, serve } from "./fake.ts";

// Translations, feelings, notes: what the pages of people who have no language
// in common do, against a hub that says what the test wants.

const NOW = Date.now();
const SESSION = "session/opening";
const Q = (n: number): string => `01JQ00000000000000000000${String(n).padStart(2, "0")}`;
let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

async function open(page: Page, path: string, role: Seat): Promise<FakeHub> {
  const hub = await new FakeHub(page, NOW, docs(NOW, role)).start();
  await page.goto(url + path);
  return hub;
}

/** An open poll comes to a phone by itself; whoever reads questions goes back. */
async function leavePoll(page: Page): Promise<void> {
  await expect(page.locator("#tab-polls")).toHaveAttribute("aria-selected", "true");
  await page.locator("#tab-questions").click();
}

const row = (page: Page, words: string) => page.locator("article", { hasText: words });

test.describe("a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, locale: "en" });

  test("shows the reader's language, and what was written if the reader wants it, for good", async ({ page }) => {
    await open(page, "/s/opening", "attendee");
    await leavePoll(page);
    const one = row(page, "Will the dams’ data be open to all");
    await expect(one.locator("[lang=en]")).toBeVisible();
    await expect(one.locator("[lang=ar]")).toHaveCount(0);
    await expect(one).toContainText("Translated from");
    await one.getByRole("button", { name: "Show what was written" }).click();
    await expect(one.locator("[lang=ar]")).toHaveAttribute("dir", "rtl");
    await page.reload();
    await leavePoll(page);
    await expect(row(page, "Will the dams’ data").locator("[lang=ar]")).toBeVisible();
  });

  test("says what language it asks in, if one does not leave that to the hub", async ({ page }) => {
    const hub = await open(page, "/s/opening", "attendee");
    await leavePoll(page);
    hub.tell(SESSION, {
      session: { _: { live: true, qa: "open", moderation: true, names: "off", langs: ["ar", "fr", "fa"] } },
    });
    const box = page.getByLabel("Ask a question");
    const asked = () => hub.commands.filter((c) => c.cmd.type === "question.ask").map((c) => c.cmd["lang"]);
    await box.fill("OK?");
    await page.keyboard.press("Control+Enter");
    await box.fill("OK!");
    await page.getByLabel("Language of your question").selectOption("fa");
    await page.getByRole("button", { name: "Send question" }).click();
    await expect.poll(asked).toEqual([undefined, "fa"]);
  });

  test("presses what is under the finger, not what comes there as a field loses the focus", async ({ page }) => {
    const hub = await open(page, "/s/opening", "attendee");
    await leavePoll(page);
    const bar = await page.locator(".reactions-row").boundingBox();
    if (!bar) throw new Error("no feelings");
    const at = { x: bar.x + 25, y: bar.y + bar.height / 2 };
    await page.getByLabel("Ask a question").fill("OK?");
    const vote = page.locator(".vote").first();
    await vote.evaluate((e, y) => scrollBy(0, e.getBoundingClientRect().y + 20 - y), at.y);
    await page.mouse.click(at.x, at.y);
    await expect.poll(() => hub.commands.map((c) => c.cmd.type)).toEqual(["question.vote"]);
    await expect(page.locator(".reactions-row")).toBeVisible();
    expect(hub.reactions).toEqual([]);
  });

  test("sends what one feels, and draws what all feel", async ({ page }) => {
    const hub = await open(page, "/s/opening", "attendee");
    await page.getByRole("button", { name: "Applause" }).click();
    await expect.poll(() => hub.reactions).toEqual(["applause"]);
    hub.say({ t: "pulse", topic: SESSION, online: 812, reactions: { heart: 3, applause: 1 } });
    await expect(page.locator(".flow-mark")).toHaveCount(4);
    await expect(page.locator(".flow-mark[data-feeling=heart]")).toHaveCount(3);
    await page.getByRole("button", { name: "How is the pace?" }).click();
    await page.getByRole("button", { name: "Too fast" }).click();
    await expect.poll(() => hub.reactions).toEqual(["applause", "fast"]);
    await expect(page.getByRole("button", { name: "Too fast" })).toHaveAttribute("aria-pressed", "true");
  });
});

test("where nothing may move, feelings are counts", async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en" });
  const page = await context.newPage();
  const hub = await open(page, "/s/opening", "attendee");
  await page.getByRole("button", { name: "Applause" }).waitFor();
  hub.say({ t: "pulse", topic: SESSION, online: 812, reactions: { heart: 31 } });
  await expect(page.locator(".flow-count")).toHaveText("31");
  await expect(page.locator(".flow-mark")).toHaveCount(0);
  await context.close();
});

test.describe("the screen", () => {
  test.use({ viewport: { width: 1920, height: 1080 }, locale: "en" });

  test("shows one language or two, as the session says", async ({ page }) => {
    const hub = await open(page, "/screen/opening", "screen");
    await expect(page.locator(".big-text")).toHaveCount(1);
    hub.tell(SESSION, { stage: { _: { question: Q(3), poll: null } } });
    await expect(page.locator(".big-text")).toHaveAttribute("lang", "ar");
    const rules = { live: true, qa: "open", moderation: true, names: "optional" };
    hub.tell(SESSION, { session: { _: { ...rules, hall: { lang: "en", both: true } } } });
    await expect(page.locator(".big-text")).toHaveCount(2);
    hub.tell(SESSION, { session: { _: { ...rules, hall: { lang: "en" } } } });
    await expect(page.locator(".big-text")).toHaveCount(1);
    await expect(page.locator(".big-text")).toContainText("Will the dams’ data");
  });

  test("shows the way in before anybody has opened the board, and says that it begins", async ({ page }) => {
    const topics = docs(NOW, "screen");
    delete topics[SESSION];
    await new FakeHub(page, NOW, topics).start();
    await page.goto(`${url}/screen/opening`);
    await expect(page.locator(".hall-code")).toBeVisible();
    await expect(page.locator(".hall-quiet")).toContainText("The session begins soon");
  });

  test("keeps the last good picture while the line is down, and says so", async ({ page }) => {
    const hub = await open(page, "/screen/opening", "screen");
    await expect(page.locator(".big-text")).toContainText("How will upstream countries");
    await expect(page.locator(".hall-line[data-live]")).toHaveCount(1);
    hub.shut = true;
    hub.drop();
    await expect(page.locator(".hall-line[data-live]")).toHaveCount(0);
    await expect(page.locator(".big-text")).toContainText("How will upstream countries");
    await expect(page.locator(".hall-code")).toBeVisible();
  });

  test("shows no announcement that two have not agreed upon, where it takes two", async ({ page }) => {
    const hub = await open(page, "/screen/opening", "screen");
    await expect(page.locator(".hall-note")).toContainText("Lunch is served");
    const rules = { live: true, qa: "open", moderation: true, names: "optional", eyes: true };
    hub.tell(SESSION, { session: { _: rules } });
    await expect(page.locator(".hall-note")).toHaveCount(0);
    hub.tell(SESSION, { stage: { _: { question: Q(1), poll: null, note: "01JA0000000000000000000001" } } });
    await expect(page.locator(".hall-note")).toContainText("Lunch is served");
  });
});

test.describe("a translator", () => {
  test.use({ viewport: { width: 1100, height: 900 }, locale: "en" });

  test("takes a question, writes, and gives it on; what another has is left alone", async ({ page }) => {
    const hub = await open(page, "/translate/opening", "translator");
    const theirs = row(page, "水质数据多久公布一次");
    await expect(theirs).toContainText(/Zoé.* is at it/);
    await expect(theirs.getByRole("button")).toHaveCount(0);
    const agreed = row(page, "¿Cómo participarán las comunidades");
    await agreed.getByRole("button", { name: "Agree" }).click();
    const old = row(page, "How will upstream countries be held to the flow");
    await old.getByRole("button", { name: "Correct" }).click();
    await old.locator("textarea").fill("How will those upstream be held to it?");
    await old.getByRole("button", { name: "Save translation" }).click();
    expect(hub.commands.map((c) => c.cmd)).toEqual([
      { type: "translation.put", id: Q(4), lang: "en", text: "How will indigenous communities take part?" },
      { type: "translation.lock", id: Q(1), lang: "en", on: true },
      { type: "translation.put", id: Q(1), lang: "en", text: "How will those upstream be held to it?" },
    ]);
  });
});

test.describe("the stage", () => {
  test.use({ viewport: { width: 1180, height: 820 }, locale: "en" });

  test("reads what is queued in its own language, and says that a note was read", async ({ page }) => {
    const hub = await open(page, "/stage/opening", "stage");
    await expect(page.locator(".podium-now")).toContainText("How will upstream countries");
    await expect(page.locator(".podium-next li").first()).toContainText("Will the dams’ data be open to all");
    await expect(page.locator(".podium-poll")).toContainText("Where did you travel from?");
    await page.getByRole("button", { name: "Got it" }).click();
    expect(hub.commands.map((c) => c.cmd.type)).toEqual(["note.ack"]);
    hub.say({ t: "pulse", topic: SESSION, online: 40, pace: { lost: 7 } });
    await expect(page.locator(".pace-one[data-pace=lost]")).toContainText("7");
  });
});
