import { type Browser, expect, type Page, test } from "@playwright/test";
import { desk, enter, hall, phone, question } from "./people.ts";
import { Server } from "./server.ts";

// Against the real program: two moderators at one board, who do many things at once, take them back, and meet at the
// same question.

interface Hall {
  readonly chair: Page;
  readonly second: Page;
  readonly amina: Page;
  readonly bilal: Page;
  readonly chen: Page;
  readonly screen: Page;
}

const DEPTH = "How deep are the new wells?";
const DEEP = "The new wells, how deep are they?";
const RAIN = "Did it rain more this year?";
const LUNCH = "When is lunch?";
const PARKING = "Where can I park?";

test("a board is moderated, and every step can be taken back", async ({ browser }) => {
  test.setTimeout(100_000);
  const server = await Server.start();
  try {
    const all = await people(browser, server);
    await test.step("many at once, and back", () => many(all));
    await test.step("two become one, and two again", () => merging(all));
    await test.step("words, marks and labels", () => marking(all));
    await test.step("two moderators at the same question", () => meeting(all));
    await test.step("the board is cleared, the session begun anew, and both taken back", () => clearing(all));
  } finally {
    await server.stop();
  }
});

async function people(browser: Browser, server: Server): Promise<Hall> {
  const chair = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  await chair.getByRole("button", { name: "Open the board" }).first().click();
  const second = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  for (const page of [chair, second]) await expect(page.locator(".lane").first()).toBeVisible();
  const at = `${server.url}/s/ministers`;
  const amina = await enter(browser, at, phone);
  const bilal = await enter(browser, at, phone);
  const chen = await enter(browser, at, phone);
  const screen = await enter(browser, server.pass("screen", "session/ministers"), hall);
  return { chair, second, amina, bilal, chen, screen };
}

async function ask(page: Page, words: string): Promise<void> {
  await page.locator("form.ask textarea").fill(words);
  await page.locator("form.ask button[type=submit]").click();
  await expect(question(page, words)).toBeVisible();
}

const lane = (page: Page, name: string) => page.locator(`[data-lane=${name}]`);
/** What stands in a lane, but for what is folded away. */
const cards = (page: Page, name: string) => lane(page, name).locator("article:visible");
const choose = (page: Page, words: string) => question(page, words).getByRole("checkbox").check();
const bulk = (page: Page, name: string) => page.locator(".bulk").getByRole("button", { name }).click();
const more = (page: Page, words: string) => question(page, words).getByRole("button", { name: "More" }).click();
const fate = (page: Page, words: string, says: string) => expect(question(page, words)).toContainText(says);
/** Takes the last step back, by its key. */
const back = async (page: Page): Promise<void> => {
  await page.locator("h1").click();
  await page.keyboard.press("u");
};

async function many({ chair, second, amina, bilal, chen }: Hall): Promise<void> {
  await ask(amina, DEPTH);
  await ask(bilal, DEEP);
  await ask(chen, RAIN);
  await ask(amina, LUNCH);
  await ask(bilal, PARKING);
  await expect(cards(chair, "inbox")).toHaveCount(5);
  for (const words of [LUNCH, PARKING]) await choose(chair, words);
  await bulk(chair, "Dismiss");
  await chair.getByLabel("Note for moderators").fill("The desk knows");
  await chair.getByRole("button", { name: "Not about this session" }).click();
  for (const [page, words] of [
    [amina, LUNCH],
    [bilal, PARKING],
  ] as const) {
    await fate(page, words, "Not shown by the moderators");
    await expect(page.locator("body")).not.toContainText("The desk knows");
  }
  await back(chair);
  for (const page of [chair, second]) await expect(cards(page, "inbox")).toHaveCount(5);
  await fate(amina, LUNCH, "Waiting for review");
  for (const words of [DEPTH, DEEP, RAIN, LUNCH]) await choose(chair, words);
  await bulk(chair, "Approve");
  await expect(question(chen, DEPTH)).toBeVisible();
  await chair.locator(".toast", { hasText: "4 questions moved" }).getByRole("button", { name: "Undo" }).click();
  await expect(question(chen, DEPTH)).toHaveCount(0);
  await fate(amina, DEPTH, "Waiting for review");
  for (const words of [DEPTH, DEEP, RAIN, LUNCH]) await choose(second, words);
  await bulk(second, "Approve");
  await expect(cards(chair, "live")).toHaveCount(4);
  await expect(question(chen, DEEP)).toBeVisible();
}

const vote = (page: Page, words: string) => question(page, words).locator(".vote").first().click();

async function merging({ chair, second, amina, bilal, chen }: Hall): Promise<void> {
  // Chen votes for both, and counts once when they are one.
  for (const words of [DEPTH, DEEP]) {
    await vote(chen, words);
    await fate(chair, words, "1 vote");
  }
  await vote(amina, DEEP);
  await fate(chair, DEEP, "2 votes");
  await vote(bilal, DEPTH);
  await fate(chair, DEPTH, "2 votes");
  for (const words of [DEPTH, DEEP]) await choose(chair, words);
  await bulk(chair, "Join");
  const one = lane(second, "live").locator("article", { hasText: "1 joined" });
  await expect(one).toContainText("3 votes");
  await expect(cards(second, "live")).toHaveCount(3);
  await expect(question(chen, "Asked by 2 people")).toContainText("3 votes");
  await back(chair);
  await expect(cards(second, "live")).toHaveCount(4);
  for (const words of [DEPTH, DEEP]) await fate(second, words, "2 votes");
  for (const words of [DEPTH, DEEP]) await fate(chen, words, "2 votes");
}

async function marking({ chair, second, amina, bilal }: Hall): Promise<void> {
  await question(chair, PARKING).getByRole("button", { name: "Edit" }).click();
  await chair.getByLabel("Text").fill("Where can delegates park?");
  await chair.getByRole("button", { name: "Save and approve" }).click();
  await fate(amina, "Where can delegates park?", "edited");
  await expect(amina.locator("body")).not.toContainText(PARKING);
  await chair.locator("#tab-session").click();
  await chair.locator("summary", { hasText: "Labels" }).click();
  await chair.getByRole("button", { name: "Add a label" }).click();
  await chair.getByLabel("Label 1").fill("Logistics");
  await chair.getByLabel("Label 1").press("Enter");
  await choose(chair, LUNCH);
  await choose(chair, "Where can delegates park?");
  await chair.getByLabel("Label", { exact: true }).selectOption("Logistics");
  await fate(second, LUNCH, "Logistics");
  await expect(bilal.locator("body")).not.toContainText("Logistics");
  await chair.getByLabel("Everybody sees it").check();
  await fate(bilal, LUNCH, "Logistics");
  await lane(second, "live").getByRole("combobox", { name: "Show" }).selectOption("Logistics");
  await expect(cards(second, "live")).toHaveCount(2);
  await lane(second, "live").getByRole("combobox", { name: "Show" }).selectOption("All");
  await more(chair, RAIN);
  await question(chair, RAIN).getByRole("button", { name: "Answer in writing" }).click();
  await chair.getByRole("dialog").locator("textarea").fill("Yes, by a tenth.");
  await chair.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await fate(bilal, RAIN, "Yes, by a tenth.");
  await back(chair);
  await expect(question(bilal, RAIN)).not.toContainText("Yes, by a tenth.");
  await chair.getByRole("button", { name: "Enter a question for somebody" }).click();
  await chair.getByRole("dialog").getByLabel("Question").fill("And from the floor?");
  await chair.getByRole("button", { name: "Put it on the board" }).click();
  await expect(question(bilal, "And from the floor?")).toBeVisible();
}

async function meeting({ chair, second, chen }: Hall): Promise<void> {
  await ask(chen, "Who decides?");
  await expect(question(second, "Who decides?")).toBeVisible();
  await question(chair, "Who decides?").getByRole("button", { name: "Approve" }).click();
  await expect(lane(second, "live").locator("article", { hasText: "Who decides?" })).toBeVisible();
  // Both press at the same moment; whoever comes second had not seen what the first one did.
  const buttons = await Promise.all([
    question(chair, "Who decides?").getByRole("button", { name: "Answered" }).elementHandle(),
    question(second, "Who decides?").getByRole("button", { name: "Dismiss" }).elementHandle(),
  ]);
  await Promise.all(buttons.map((one) => one?.evaluate((button) => (button as HTMLElement).click())));
  const isAnswered = (page: Page): Promise<number> =>
    lane(page, "answered").locator("article", { hasText: "Who decides?" }).count();
  const isLive = (page: Page): Promise<number> =>
    lane(page, "live").locator("article", { hasText: "Who decides?" }).count();
  for (const page of [chair, second]) await expect.poll(() => isLive(page)).toBe(0);
  await expect.poll(async () => (await isAnswered(chair)) === (await isAnswered(second))).toBe(true);
  // Who had seen the other's step in time did the next one; else the slower one is told.
  if ((await isAnswered(chair)) === 1) await expect(toast(second)).toBeVisible();
  else await expect(question(chen, "Who decides?")).toContainText("Not shown by the moderators");
}

const toast = (page: Page) => page.locator(".toast", { hasText: "Somebody else changed it" });

async function clearing({ chair, second, bilal, screen }: Hall): Promise<void> {
  await lane(chair, "live").locator("article", { hasText: DEPTH }).getByRole("button", { name: "Answer now" }).click();
  await expect(screen.locator("body")).toContainText(DEPTH);
  await chair.locator("summary", { hasText: "Between speakers" }).click();
  await chair.getByRole("button", { name: "Clear the board" }).click();
  await expect(screen.locator("body")).not.toContainText(DEPTH);
  await expect(question(bilal, DEPTH)).toHaveCount(0);
  await back(chair);
  await expect(screen.locator("body")).toContainText(DEPTH);
  await expect(question(bilal, DEPTH)).toContainText("2 votes");
  await chair.getByRole("button", { name: "Begin anew" }).click();
  await chair.getByRole("button", { name: "Begin anew" }).click();
  await expect(cards(second, "live")).toHaveCount(0);
  await expect(question(bilal, DEPTH)).toHaveCount(0);
  await back(chair);
  await expect(question(bilal, DEPTH)).toContainText("2 votes");
  await fate(second, DEEP, "2 votes");
}
