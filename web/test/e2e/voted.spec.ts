import { type Browser, expect, type Page, test } from "@playwright/test";
import { desk, enter, hall, phone } from "./people.ts";
import { Server } from "./server.ts";

// Against the real program: what only those see who answered, who is blocked by what they wrote, what takes two
// moderators, rounds that are compared, and a countdown that ends by itself.

const polls = [
  { kind: "text", title: "What is missing?", moderated: true, results: "voted" },
  { kind: "single", title: "Which day?", options: ["Monday", "Tuesday"], results: "hidden" },
  { kind: "yesno", title: "Short one", results: "closed", secs: 5 },
];

const item = (chair: Page, title: string) => chair.locator(".mod-poll", { hasText: title });
const card = (page: Page, title: string) => page.locator(".poll", { hasText: title });
const next = async (chair: Page): Promise<void> => {
  await chair.locator("h1").click();
  await chair.keyboard.press("n");
};
const send = (page: Page) => page.getByRole("button", { name: "Send answer" }).click();

interface Hall {
  readonly chair: Page;
  readonly second: Page;
  readonly amina: Page;
  readonly bilal: Page;
  readonly screen: Page;
}

test("what only some see, what takes two, and what ends by itself", async ({ browser }) => {
  test.slow();
  const server = await Server.start();
  try {
    const all = await people(browser, server);
    await prepare(all.chair);
    await test.step("texts for those who have written", () => voted(all));
    await test.step("two moderators", () => twofold(all));
    await test.step("a new round", () => rounds(all));
    await test.step("a countdown", () => countdown(all));
  } finally {
    await server.stop();
  }
});

async function people(browser: Browser, server: Server): Promise<Hall> {
  const chair = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  await chair.getByRole("button", { name: "Open the board" }).first().click();
  await expect(chair.locator(".lane").first()).toBeVisible();
  const second = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  await expect(second.locator(".lane").first()).toBeVisible();
  const amina = await enter(browser, `${server.url}/s/ministers`, phone);
  const bilal = await enter(browser, `${server.url}/s/ministers`, phone);
  const screen = await enter(browser, server.pass("screen", "session/ministers"), hall);
  return { chair, second, amina, bilal, screen };
}

async function prepare(chair: Page): Promise<void> {
  const file = JSON.stringify({ majlis: "polls", v: 1, polls });
  await chair
    .locator('input[type="file"]')
    .setInputFiles({ name: "polls.json", mimeType: "application/json", buffer: Buffer.from(file) });
  await expect(chair.locator(".mod-poll")).toHaveCount(polls.length);
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByLabel("Your text").fill(words);
  await send(page);
}

async function voted({ chair, amina, bilal, screen }: Hall): Promise<void> {
  const title = "What is missing?";
  await next(chair);
  await write(amina, "More shade, please.");
  await item(chair, title)
    .getByRole("button", { name: /^Show \u2068?More shade/ })
    .click();
  await expect(bilal.locator(".poll")).toHaveCount(1);
  await expect(bilal.locator("body")).not.toContainText("More shade");
  await write(bilal, "Fewer slides.");
  await expect(card(bilal, title)).toContainText("More shade, please.");
  await expect(screen.locator("body")).not.toContainText("More shade");
  await item(chair, title)
    .getByText(/ shown$/)
    .click();
  await item(chair, title).getByRole("button", { name: "Block this person" }).first().click();
  await amina.getByRole("button", { name: "Change answer" }).click();
  await write(amina, "And a second one.");
  await expect(item(chair, title).getByRole("button", { name: /^Show \u2068?And a second/ })).toBeVisible();
  await chair.locator("h1").click();
  await chair.keyboard.press("c");
  await expect(screen.locator("body")).not.toContainText("And a second");
}

const wishes = (page: Page) => page.locator("section", { hasText: "Waits for another moderator" });

async function twofold({ chair, second, amina, screen }: Hall): Promise<void> {
  const title = "Which day?";
  await next(chair);
  await amina.getByRole("radio", { name: "Tuesday" }).check();
  await send(amina);
  await expect(screen.locator(".big-poll")).toContainText(title);
  await chair.locator("h1").click();
  await chair.keyboard.press("c");
  await chair.getByRole("tab", { name: "Session" }).click();
  await chair.locator("summary", { hasText: "More rules" }).click();
  await chair.getByRole("switch", { name: "Two moderators before anything is shown" }).click();
  await chair.getByRole("tab", { name: "Polls" }).click();
  await item(chair, title).getByRole("button", { name: "Show results" }).click();
  await expect(chair.locator(".toast", { hasText: "Waits for another moderator" })).toBeVisible();
  await expect(chair.locator(".toast", { hasText: "Results are shown" })).toHaveCount(0);
  await expect(wishes(second)).toContainText(title);
  await expect(wishes(second)).toBeInViewport();
  await expect(card(amina, title)).not.toContainText("100%");
  await wishes(second).getByRole("button", { name: "Approve" }).click();
  await expect(card(amina, title)).toContainText("100%");
  await expect(wishes(second)).toHaveCount(0);
}

async function rounds({ chair, second, amina, bilal }: Hall): Promise<void> {
  const title = "Which day?";
  await item(chair, title).locator(".poll-title").click();
  await item(chair, title).locator("summary", { hasText: "More" }).click();
  await item(chair, title).getByRole("button", { name: "New round" }).click();
  await wishes(second).getByRole("button", { name: "Approve" }).click();
  await bilal.getByRole("radio", { name: "Monday" }).check();
  await send(bilal);
  await expect(card(amina, title)).toContainText("Round 1");
  await chair.locator("h1").click();
  await chair.keyboard.press("c");
  await expect(item(chair, title).locator(".poll-title")).toContainText("Closed");
}

async function countdown({ chair, second, amina }: Hall): Promise<void> {
  const title = "Short one";
  await next(chair);
  await next(second);
  await expect(card(amina, title)).toHaveAttribute("data-open", "");
  await amina.getByRole("radio", { name: "Yes" }).check();
  await send(amina);
  await expect(card(amina, title)).not.toHaveAttribute("data-open", "", { timeout: 15_000 });
  await expect(card(amina, title)).toContainText("100%");
}
