import { expect, type Page, test } from "@playwright/test";
import { desk, enter, hall, type Line, phone, question, sees, soon } from "./people.ts";
import { Server } from "./server.ts";
import { Wall } from "./wall.ts";

const WORDS = "متى تبدأ محطات التحلية بالطاقة الشمسية؟";

for (const line of ["websocket", "events"] as const) {
  test(`a question and a poll over ${line}, with the server killed under them`, async ({ browser }) => {
    const server = await Server.start();
    const wall = await Wall.before(server.url);
    const url = line === "events" ? wall.url : server.url;
    const link = (role: string): string => server.pass(role, "session/ministers").replace(server.url, url);
    try {
      await story(
        server,
        await enter(browser, `${url}/s/ministers`, { ...phone, locale: "ar" }),
        await enter(browser, `${url}/s/ministers`, phone),
        await enter(browser, link("moderator"), desk),
        await enter(browser, link("screen"), hall),
        line,
      );
    } finally {
      wall.stop();
      await server.stop();
    }
  });
}

async function story(server: Server, amina: Page, boris: Page, chair: Page, screen: Page, line: Line): Promise<void> {
  await test.step("the board opens", async () => {
    await expect(chair).toHaveURL(/\/m\/ministers$/);
    await expect(screen).toHaveURL(/\/screen\/ministers$/);
    await soon(
      `${line}: board opened → phone`,
      () => chair.getByRole("button", { name: "Open the board" }).first().click(),
      () => expect(boris.getByRole("textbox", { name: "Ask a question" })).toBeVisible(),
    );
  });

  await test.step("asked in Arabic, approved, seen by all", async () => {
    await amina.locator("textarea").fill(WORDS);
    await soon(
      `${line}: asked → console`,
      () => amina.locator("form.ask button[type=submit]").click(),
      () => expect(question(chair, WORDS)).toBeVisible(),
    );
    await expect(question(boris, WORDS)).toHaveCount(0);
    await soon(
      `${line}: approved → other phone and screen`,
      () => question(chair, WORDS).getByRole("button", { name: "Approve" }).click(),
      () => Promise.all([expect(question(boris, WORDS)).toBeVisible(), sees(screen, WORDS)]),
    );
  });

  await test.step("voted for, and answered on stage", async () => {
    const vote = boris.getByRole("button", { name: "Vote for this question" });
    await soon(
      `${line}: vote → console`,
      () => vote.click(),
      () => expect(question(chair, WORDS)).toContainText("1 vote"),
    );
    await expect(vote).toHaveAttribute("aria-pressed", "true");
    await question(chair, WORDS).getByRole("button", { name: "Answer now" }).click();
    await sees(boris, "Being answered now");
    await sees(screen, "Being answered now");
    await question(chair, WORDS).getByRole("button", { name: "Answered" }).click();
    await expect(boris.getByText("Being answered now")).toHaveCount(0);
  });

  await test.step("the server dies while a vote is on its way, and nothing is lost", async () => {
    await server.kill();
    await boris.locator("textarea").fill("Asked while the line was down?");
    await boris.getByRole("button", { name: "Send question" }).click();
    await expect(boris.getByText("Kept on this device").first()).toBeVisible();
    await server.up();
    await boris.reload();
    await soon(
      `${line}: back after kill -9 → console`,
      () => Promise.resolve(),
      () => expect(question(chair, "Asked while the line was down?")).toBeVisible({ timeout: 45_000 }),
    );
    await expect(question(chair, WORDS)).toContainText("1 vote");
  });

  await poll(amina, boris, chair, screen, line);
}

async function poll(amina: Page, boris: Page, chair: Page, screen: Page, line: Line): Promise<void> {
  await test.step("a poll is opened, answered and revealed", async () => {
    await chair.getByRole("button", { name: "New poll" }).click();
    await chair.getByRole("button", { name: "Single choice" }).click();
    await chair.getByLabel("Question of the poll").fill("Which first?");
    await chair.getByLabel("Option 1", { exact: true }).fill("Water");
    await chair.getByLabel("Option 2", { exact: true }).fill("Energy");
    await chair.getByText("More settings").click();
    await chair.getByLabel("Who sees the results").selectOption("hidden");
    await soon(
      `${line}: poll opened → phone`,
      () => chair.getByRole("button", { name: "Open now" }).click(),
      () => expect(boris.getByText("Which first?").first()).toBeVisible({ timeout: 30_000 }),
    );
    for (const page of [amina, boris]) {
      await page.locator("#tab-polls").click();
      await page.getByRole("radio", { name: "Water" }).check();
      await page.locator("form button[type=submit]").last().click();
    }
    await expect(chair.getByText("2 answers").first()).toBeVisible();
    await sees(boris, "Results are hidden for now.");
    await soon(
      `${line}: revealed → phone and screen`,
      () => chair.getByLabel("Who sees the results").selectOption("shown"),
      () => Promise.all([sees(boris, "100%"), sees(screen, "Which first?")]),
    );
  });
}
