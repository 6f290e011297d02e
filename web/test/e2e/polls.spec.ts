import { type Browser, expect, type Page, test } from "@playwright/test";
import { desk, enter, hall, phone } from "./people.ts";
import { Server } from "./server.ts";

// Every kind of poll against the real program: prepared in a file, run along the sheet, answered on a phone.

const options = ["Sea", "River", "Lake"];
const polls = [
  { kind: "single", title: "P single", options, results: "shown" },
  { kind: "multiple", title: "P multiple", options, min: 1, max: 2 },
  { kind: "yesno", title: "P yesno" },
  { kind: "rating", title: "P rating" },
  { kind: "scale", title: "P scale", steps: 7, ends: ["low", "high"] },
  { kind: "nps", title: "P nps" },
  { kind: "ranking", title: "P ranking", options, unranked: "apart" },
  { kind: "points", title: "P points", options },
  { kind: "number", title: "P number", low: 0, high: 50 },
  { kind: "text", title: "P text", moderated: true },
  { kind: "cloud", title: "P cloud", max: 2 },
  { kind: "quiz", title: "P quiz", options, min: 1, max: 1, right: [2] },
  {
    kind: "survey",
    title: "P survey",
    questions: [
      { kind: "rating", title: "S rating" },
      { kind: "text", title: "S text", moderated: false },
    ],
  },
];

const send = (page: Page) => page.getByRole("button", { name: "Send answer" }).click();
const radio = (name: string) => async (page: Page) => {
  await page.getByRole("radio", { name }).check();
  await send(page);
};

/** How a phone answers each, and what it sees of it afterwards. */
const runs: Record<string, { answer: (page: Page) => Promise<void>; sees: string | RegExp }> = {
  single: { answer: radio("River"), sees: "100%" },
  multiple: {
    answer: async (page) => {
      for (const name of ["Sea", "Lake"]) await page.getByRole("checkbox", { name }).check();
      await send(page);
    },
    sees: "100%",
  },
  yesno: { answer: radio("Abstain"), sees: "100%" },
  rating: { answer: radio("4 stars"), sees: "4.0 on average, out of 5" },
  scale: { answer: radio("7, high"), sees: "7.0 on average, out of 7" },
  nps: { answer: radio("10, Very likely"), sees: "+100 recommendation score" },
  ranking: {
    answer: async (page) => {
      for (const name of ["Lake", "Sea"]) await page.getByRole("button", { name }).click();
      await send(page);
    },
    sees: "The order follows from all comparisons in pairs",
  },
  points: {
    answer: async (page) => {
      await page.getByRole("textbox", { name: /River/ }).fill("70");
      await page.getByRole("textbox", { name: /Lake/ }).fill("30");
      await page.getByRole("textbox", { name: /Lake/ }).blur();
      await send(page);
    },
    sees: "70.0",
  },
  number: {
    answer: async (page) => {
      await page.getByLabel("Your number").fill("٤٢");
      await send(page);
    },
    sees: "42 Median",
  },
  text: {
    answer: async (page) => {
      await page.getByLabel("Your text").fill("More shade, please.");
      await send(page);
    },
    sees: "More shade, please.",
  },
  cloud: {
    answer: async (page) => {
      await page.getByLabel(/Word 1/).fill("ماء");
      await send(page);
    },
    sees: "ماء",
  },
  quiz: { answer: radio("River"), sees: "Right! 1,000 points" },
  survey: {
    answer: async (page) => {
      await page.getByRole("radio", { name: "5 stars" }).check();
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByLabel("Your text").fill("It was good.");
      await page.getByRole("button", { name: "Finish" }).click();
    },
    sees: "It was good.",
  },
};

test("every kind of poll, from the file to the hall", async ({ browser }) => {
  test.slow();
  const server = await Server.start();
  try {
    const { chair, amina, screen } = await people(browser, server);
    await prepare(chair);
    for (const [i, { kind, title }] of polls.entries()) {
      await test.step(kind, () => run(kind, title, i, chair, amina, screen));
    }
    await leaderboard(chair, amina, screen);
  } finally {
    await server.stop();
  }
});

async function people(browser: Browser, server: Server): Promise<Record<"chair" | "amina" | "screen", Page>> {
  const chair = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  await chair.getByRole("button", { name: "Open the board" }).first().click();
  await expect(chair.locator(".lane").first()).toBeVisible();
  const amina = await enter(browser, `${server.url}/s/ministers`, phone);
  const screen = await enter(browser, server.pass("screen", "session/ministers"), hall);
  await expect(screen.locator(".hall")).toBeVisible();
  return { chair, amina, screen };
}

async function prepare(chair: Page): Promise<void> {
  const all = polls.map((p) => ({ results: "closed", ...p }));
  const file = JSON.stringify({ majlis: "polls", v: 1, polls: all });
  await chair
    .locator('input[type="file"]')
    .setInputFiles({ name: "polls.json", mimeType: "application/json", buffer: Buffer.from(file) });
  await expect(chair.locator(".mod-poll")).toHaveCount(polls.length);
  await expect(chair.locator(".poll-title strong")).toHaveText(polls.map((p) => p.title));
}

const item = (chair: Page, title: string) => chair.locator(".mod-poll", { hasText: title });
const card = (page: Page, title: string) => page.locator(".poll", { hasText: title });

async function run(kind: string, title: string, i: number, chair: Page, amina: Page, screen: Page): Promise<void> {
  const { answer, sees } = runs[kind] ?? { answer: () => Promise.resolve(), sees: "" };
  await chair.locator("h1").click();
  await chair.keyboard.press("n");
  await expect(amina.locator("#tab-polls")).toHaveAttribute("aria-selected", "true");
  await expect(card(amina, title)).toHaveAttribute("data-open", "");
  await answer(amina);
  await expect(item(chair, title).locator(".poll-title")).toContainText("1 answer");
  if (kind === "text")
    await item(chair, title)
      .getByRole("button", { name: /^Show \u2068?More shade/ })
      .click();
  await expect(screen.locator(".big-poll")).toContainText(title);
  await chair.locator("h1").click();
  await chair.keyboard.press("c");
  await expect(item(chair, title).locator(".poll-title")).toContainText("Closed");
  if (kind === "quiz") await item(chair, title).getByRole("button", { name: "Tell the answer" }).click();
  await expect(card(amina, title)).toContainText(sees);
  if (i > 0) await expect(screen.locator(".big-poll")).toHaveCount(0);
}

async function leaderboard(chair: Page, amina: Page, screen: Page): Promise<void> {
  await amina.locator(".quiz summary").click();
  await amina.locator(".quiz input").fill("Amina");
  await amina.locator(".quiz").getByRole("button", { name: "Save" }).click();
  await expect(amina.locator(".quiz .headline")).toContainText("1,000 points");
  await expect(amina.locator(".board")).toContainText("Amina");
  await chair.locator(".side summary", { hasText: "Leaderboard" }).click();
  await chair.getByRole("switch", { name: "Leaderboard on the screen" }).click();
  await expect(screen.locator(".board")).toContainText("Amina");
}
