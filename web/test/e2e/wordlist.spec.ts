import { type Browser, expect, type Page, test } from "@playwright/test";
import { desk, enter, hall, phone, question } from "./people.ts";
import { Server } from "./server.ts";

// Against the real program: the organiser's words hold a question in every session of the conference, in any script,
// until a moderator has read it.

const LISTED = "Is this dam a SWINDLE?";
const ARABIC = "هل هذا مُحتـــال؟";
const PLAIN = "Who built this dam?";

test("listed words are held for a moderator, and for nobody else", async ({ browser }) => {
  test.setTimeout(120_000);
  const server = await Server.start();
  try {
    await test.step("the organiser puts two lists", () => lists(browser, server));
    await test.step("a hit waits, the rest goes live", () => hits(browser, server));
    await test.step("a list is taken away", () => without(browser, server));
  } finally {
    await server.stop();
  }
});

const office = async (browser: Browser, server: Server): Promise<Page> => {
  const page = await enter(browser, server.link("organiser"), desk);
  await page.locator("#tab-settings").click();
  return page;
};

async function lists(browser: Browser, server: Server): Promise<void> {
  const page = await office(browser, server);
  const file = (name: string, text: Buffer) => ({ name, mimeType: "text/plain", buffer: text });
  const input = page.locator('input[type="file"][accept*=".txt"]');
  // A file in the encoding of an old Windows is refused in words, before it is sent.
  await input.setInputFiles(file("old.txt", Buffer.from([0xe3, 0xcd, 0xca, 0xc7, 0xe1])));
  await expect(page.getByText("Save it as UTF-8")).toBeVisible();
  await expect(page.getByRole("button", { name: "Put the list" })).toBeDisabled();
  await input.setInputFiles(file("english.txt", Buffer.from("swindle\nbuy now\n")));
  await page.getByRole("button", { name: "Put the list" }).click();
  const part = page.getByRole("region", { name: "Words to hold" });
  await part.getByLabel("Language").selectOption("ar");
  await page.getByLabel("Words and phrases").fill("محتال");
  await page.getByRole("button", { name: "Put the list" }).click();
  const rows = part.locator("li");
  await expect(rows.filter({ hasText: "English" })).toContainText("2 words");
  await expect(rows.filter({ hasText: "Arabic" })).toContainText("1 word");
  await page.context().close();
}

async function ask(page: Page, words: string): Promise<void> {
  await page.locator("form.ask textarea").fill(words);
  await page.locator("form.ask button[type=submit]").click();
  await expect(question(page, words)).toBeVisible();
}

async function hits(browser: Browser, server: Server): Promise<void> {
  const chair = await enter(browser, server.pass("moderator", "session/ministers"), desk);
  await chair.getByRole("button", { name: "Open the board" }).first().click();
  await chair.locator("#tab-session").click();
  await chair.getByRole("switch", { name: "Review questions first" }).click();
  const amina = await enter(browser, `${server.url}/s/ministers`, phone);
  const bilal = await enter(browser, `${server.url}/s/ministers`, phone);
  const screen = await enter(browser, server.pass("screen", "session/ministers"), hall);
  for (const words of [LISTED, ARABIC, PLAIN]) await ask(amina, words);
  await expect(question(bilal, PLAIN)).toBeVisible();
  for (const words of [LISTED, ARABIC]) {
    await expect(question(amina, words)).toContainText("Waiting for review");
    await expect(question(chair, words)).toContainText("it has a listed word");
    for (const page of [bilal, screen]) await expect(page.locator("body")).not.toContainText(words);
  }
  await question(chair, LISTED).getByRole("button", { name: "Approve" }).click();
  await expect(question(bilal, LISTED)).toBeVisible();
  await expect(bilal.locator("body")).not.toContainText(ARABIC);
  for (const page of [chair, amina, bilal, screen]) await page.context().close();
}

async function without(browser: Browser, server: Server): Promise<void> {
  const page = await office(browser, server);
  const english = page.locator("li", { hasText: "2 words" });
  await english.getByRole("button", { name: "Take away" }).click();
  await expect(english).toHaveCount(0);
  const amina = await enter(browser, `${server.url}/s/ministers`, phone);
  const bilal = await enter(browser, `${server.url}/s/ministers`, phone);
  await ask(amina, "And is that one a swindle, too?");
  await expect(question(bilal, "And is that one a swindle, too?")).toBeVisible();
}
