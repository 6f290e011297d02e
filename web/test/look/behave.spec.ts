import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { docs, FakeHub, serve } from "./fake.ts";

// How the pages behave towards a hub that does as the test says. The stories
// against the real hub are in test/e2e.

const NOW = Date.now();
const SESSION = "session/opening";
const Q = (n: number): string => `01JQ00000000000000000000${String(n).padStart(2, "0")}`;
const P1 = "01JP0000000000000000000001";

let server: Server;
let url = "";
test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

async function attendee(
  page: Page,
  change?: (board: Record<string, Record<string, unknown>>) => void,
): Promise<FakeHub> {
  const topics = docs(NOW);
  const board = topics[SESSION]?.doc as Record<string, Record<string, unknown>>;
  delete board["poll"]?.[P1];
  change?.(board);
  const hub = await new FakeHub(page, NOW, topics).start();
  await page.goto(`${url}/s/opening`);
  await expect(page.locator(".pill")).toHaveAttribute("data-phase", "live");
  await expect(page.getByRole("tablist")).toBeVisible();
  return hub;
}

/** What is drawn listens only from the frame after: keys that come before it go nowhere. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );

const box = (page: Page) => page.getByLabel("Ask a question");

async function ask(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole("button", { name: "Send question" }).click();
}

test.describe("asking", () => {
  test("my question is there at once and says how far it has come", async ({ page }) => {
    const hub = await attendee(page);
    hub.answer = "mute";
    await ask(page, "Is this on?");
    const own = page.locator(".own-item", { hasText: "Is this on?" });
    await expect(own).toContainText("On its way");
    await expect(own).toContainText("Sent, waiting for the hub");
    await expect(box(page)).toHaveValue("");
    const asked = hub.commands[0];
    if (!asked) throw new Error("nothing was sent");
    const id = String(asked.cmd["id"]);
    hub.tell(SESSION, { asked: { [id]: { text: "Is this on?", at: NOW, state: "pending" } } }, "mine");
    hub.say({ t: "ack", id: asked.id, topic: SESSION, epoch: "e1", offset: 1001, level: "embedded" });
    await expect(own).toContainText("Waiting for review");
    await expect(own).toContainText("Safe at the hub");
    hub.tell(SESSION, { asked: { [id]: { text: "Is this on?", at: NOW, state: "live" } } }, "mine");
    hub.tell(SESSION, {
      question: { [id]: { text: "Is this on?", at: NOW, state: "live" } },
      votes: { [id]: { n: 0 } },
    });
    await expect(own).toHaveCount(0);
    const row = page.locator(".question[data-own]", { hasText: "Is this on?" });
    await expect(row).toContainText("Yours");
  });

  test("a refusal says why, and gives the text back", async ({ page }) => {
    const hub = await attendee(page);
    hub.answer = "too-fast";
    await ask(page, "Too fast?");
    const own = page.locator(".own-item", { hasText: "Too fast?" });
    await expect(own).toContainText("Wait a moment and try again");
    await own.getByRole("button", { name: "Edit and send again" }).click();
    await expect(own).toHaveCount(0);
    await expect(box(page)).toHaveValue("Too fast?");
    await expect(box(page)).toBeFocused();
  });

  test("what was asked offline survives a reload and goes out once, as it was", async ({ page }) => {
    const hub = await attendee(page);
    hub.shut = true;
    hub.drop();
    await ask(page, "From the tunnel");
    await expect(page.locator(".own-item", { hasText: "From the tunnel" })).toContainText("Kept on this device");
    const before = await page.evaluate(() => localStorage.length);
    expect(before).toBeGreaterThan(0);
    hub.shut = false;
    await page.reload();
    await expect.poll(() => hub.commands.length).toBe(1);
    expect(hub.commands[0]).toMatchObject({ n: 1, cmd: { type: "question.ask", text: "From the tunnel" } });
  });

  test("a draft survives a reload and a change of language", async ({ page }) => {
    await attendee(page);
    await box(page).fill("half a thou");
    await page.getByLabel("Language").selectOption("ar");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.locator("textarea")).toHaveValue("half a thou");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await expect(page.locator("textarea")).toHaveValue("half a thou");
  });
});

test.describe("a similar question", () => {
  test("is offered while one types, and a vote for it is instead of asking", async ({ page }) => {
    const hub = await attendee(page);
    await box(page).fill("Who will pay for the sensors after the pilot?");
    const offer = page.locator(".similar");
    await expect(offer).toContainText("Who pays for the shared sensors");
    await offer.getByRole("button").first().click();
    await expect(box(page)).toHaveValue("");
    expect(hub.commands.map((c) => c.cmd)).toEqual([{ type: "question.vote", id: Q(2), on: true }]);
  });

  test("is not offered for what is something else", async ({ page }) => {
    await attendee(page);
    await box(page).fill("Where can I charge my phone around here?");
    await page.waitForTimeout(800);
    await expect(page.locator(".similar")).toHaveCount(0);
  });
});

test("a session that asks for names says so before it sends", async ({ page }) => {
  const hub = await attendee(page, (board) => Object.assign(board["session"]?.["_"] ?? {}, { names: "required" }));
  await ask(page, "Who am I?");
  await expect(page.getByText("Say who you are")).toBeVisible();
  await page.getByLabel("Your name").fill("Nadia");
  await page.getByRole("button", { name: "Send question" }).click();
  expect(hub.commands.map((c) => c.cmd["name"])).toEqual(["Nadia"]);
});

test.describe("voting", () => {
  test("counts at once, can be taken back, and is pressed for everybody to hear", async ({ page }) => {
    const hub = await attendee(page);
    const row = page.locator(".question", { hasText: /هل ستُنشر|Will the dams/ });
    const vote = row.getByRole("button", { name: "Vote for this question" });
    await expect(vote).toHaveAttribute("aria-pressed", "false");
    await vote.click();
    await expect(vote).toHaveAttribute("aria-pressed", "true");
    await expect(row.locator(".vote-n")).toHaveText("42");
    hub.tell(SESSION, { vote: { [Q(3)]: { on: true } } }, "mine");
    hub.tell(SESSION, { votes: { [Q(3)]: { n: 42 } } });
    await page.waitForTimeout(100);
    await expect(row.locator(".vote-n")).toHaveText("42");
    await vote.click();
    await expect(vote).toHaveAttribute("aria-pressed", "false");
    await expect(row.locator(".vote-n")).toHaveText("41");
    expect(hub.commands.map((c) => c.cmd)).toEqual([
      { type: "question.vote", id: Q(3), on: true },
      { type: "question.vote", id: Q(3), on: false },
    ]);
  });

  test("the list does not jump under the finger; a press brings the order", async ({ page }) => {
    const hub = await attendee(page);
    const list = page.locator(".rows").last();
    const first = () => list.locator(".question-text").first();
    await expect(first()).toContainText("Who pays");
    await list.locator(".vote").first().hover();
    await page.mouse.move(300, 500);
    await list.locator(".vote").nth(1).click();
    hub.tell(SESSION, { votes: { [Q(6)]: { n: 99 } } });
    await expect(page.getByRole("button", { name: /Update order/ })).toBeVisible();
    await expect(first()).toContainText("Who pays");
    await page.getByRole("button", { name: /Update order/ }).click();
    await expect(first()).toContainText("水质数据");
    await expect(page.getByRole("button", { name: /Update order/ })).toHaveCount(0);
  });

  test("an untouched list follows by itself", async ({ page }) => {
    const hub = await attendee(page);
    const first = page.locator(".rows").last().locator(".question-text").first();
    await expect(first).toContainText("Who pays");
    hub.tell(SESSION, { votes: { [Q(6)]: { n: 99 } } });
    await expect(first).toContainText("水质数据", { timeout: 6_000 });
  });
});

test.describe("a poll", () => {
  const poll = {
    title: "Tea or coffee?",
    kind: "single",
    options: [
      { id: 1, text: "Tea" },
      { id: 2, text: "Coffee" },
    ],
    min: 1,
    max: 1,
    state: "open",
    results: "hidden",
    at: NOW,
    opened: NOW,
  };

  test("comes by itself, takes an answer, and hides the result in words", async ({ page }) => {
    const hub = await attendee(page);
    hub.tell(SESSION, { poll: { [P1]: poll }, tally: { [P1]: { people: 0 } } });
    await expect(page.locator("#tab-polls")).toHaveAttribute("aria-selected", "true");
    await page.getByRole("radio", { name: "Coffee" }).check();
    await page.getByRole("button", { name: "Send answer" }).click();
    const card = page.locator(".poll", { hasText: "Tea or coffee?" });
    await expect(card).toContainText("Results are hidden for now");
    await expect(card).toContainText("Coffee");
    expect(hub.commands[0]?.cmd).toEqual({ type: "poll.vote", id: P1, choice: [2] });
    hub.tell(SESSION, {
      poll: { [P1]: { ...poll, state: "closed", results: "shown" } },
      tally: { [P1]: { people: 3, counts: [2, 1] } },
    });
    await expect(card).toContainText("67%");
  });

  test("does not take the page from someone who is typing", async ({ page }) => {
    const hub = await attendee(page);
    await box(page).fill("I am still");
    hub.tell(SESSION, { poll: { [P1]: poll }, tally: { [P1]: { people: 0 } } });
    await expect(page.getByText(/Poll open: \u2068Tea or coffee\?/).last()).toBeVisible();
    await expect(box(page)).toBeFocused();
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await expect(page.getByRole("radio", { name: "Tea" })).toBeVisible();
  });
});

test.describe("the line", () => {
  test("says when it is down, keeps the picture, and comes back at its place", async ({ page }) => {
    const hub = await attendee(page);
    hub.shut = true;
    hub.drop();
    await expect(page.locator(".pill")).toContainText(/Offline, as of/, { timeout: 10_000 });
    await expect(page.getByText("Who pays for the shared sensors").first()).toBeVisible();
    hub.shut = false;
    await expect(page.locator(".pill")).toHaveAttribute("data-phase", "live", { timeout: 30_000 });
    await expect.poll(() => hub.watches.filter((w) => w.topic === SESSION).at(-1)?.offset).toBe(1000);
  });

  test("ends at a final code and says why", async ({ page }) => {
    const hub = await attendee(page);
    hub.drop(4500);
    await expect(page.getByText("Disconnected").first()).toBeVisible();
    const dialled = hub.dialled;
    await page.waitForTimeout(1_500);
    expect(hub.dialled).toBe(dialled);
  });
});

test("a link with a code goes straight in, a wrong one says so", async ({ page }) => {
  await new FakeHub(page, NOW, docs(NOW)).start();
  await page.goto(`${url}/j/7kxm4p`);
  await expect(page).toHaveURL(/\/s\/opening/);
  await page.goto(`${url}/j/ZZZZZZ`);
  await expect(page.getByText(/has the code \u2068ZZZZZZ/)).toBeVisible();
  await page.getByLabel("Code").fill("7kx m4p");
  await expect(page).toHaveURL(/\/s\/opening/);
});

test.describe("the moderator", () => {
  async function moderator(page: Page): Promise<FakeHub> {
    const hub = await new FakeHub(page, NOW, docs(NOW, "moderator")).start();
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.goto(`${url}/m/opening`);
    await expect(page.locator(".mod-card").first()).toBeVisible();
    await settled(page);
    return hub;
  }

  test("works by keys alone, and takes back", async ({ page }) => {
    const hub = await moderator(page);
    hub.tell(SESSION, { me: { _: { staff: 1 } } }, "mine");
    for (const key of ["j", "a", "d"]) await page.keyboard.press(key);
    // The step is taken back by its name, even if that comes later than the wish.
    await page.keyboard.press("u");
    const dismissed = { did: "question.dismiss", at: NOW, by: 1, id: Q(10), n: 1 };
    hub.tell(SESSION, { step: { 1001: { ...dismissed, by: 2 }, 1002: dismissed } });
    await expect
      .poll(() => hub.commands.map((c) => [c.cmd.type, c.cmd["id"] ?? c.cmd["step"]]))
      .toEqual([
        ["question.approve", Q(11)],
        ["question.dismiss", Q(10)],
        ["undo", "1002"],
      ]);
    expect(hub.watches).toContainEqual(expect.objectContaining({ topic: SESSION, role: "moderator" }));
  });

  test("does one thing to several questions, and dismisses them with a reason", async ({ page }) => {
    const hub = await moderator(page);
    const inbox = page.locator("[data-lane=inbox]");
    await inbox.getByRole("checkbox").first().check();
    await page.keyboard.press("j");
    await inbox.getByRole("checkbox").nth(1).check();
    await page.getByRole("region", { name: "2 chosen" }).getByRole("button", { name: "Dismiss" }).click();
    await page.getByLabel("Note for moderators").fill("Twice the same");
    await page.getByRole("button", { name: "Asked already" }).click();
    expect(hub.commands.map((c) => c.cmd)).toEqual([
      { type: "question.dismiss", ids: [Q(11), Q(10)], why: "duplicate", note: "Twice the same" },
    ]);
    await expect(page.locator(".bulk")).toHaveCount(0);
  });

  test("clears all screens with one press, and lets them show again", async ({ page }) => {
    const hub = await moderator(page);
    await page.getByRole("button", { name: "Clear all screens" }).click();
    hub.tell(SESSION, { stage: { _: { question: null, poll: null, dark: true } } });
    await expect(page.locator(".stage-preview")).toContainText("All screens are clear.");
    await page.getByRole("button", { name: "Show again" }).click();
    expect(hub.commands.map((c) => c.cmd)).toEqual([
      { type: "stage.clear", on: true },
      { type: "stage.clear", on: false },
    ]);
  });

  test("keys do nothing while typing or when they are off", async ({ page }) => {
    const hub = await moderator(page);
    await page.keyboard.press("j");
    await page.getByRole("button", { name: "New poll" }).click();
    await page.getByRole("button", { name: "Single choice" }).click();
    await page.getByLabel("Question of the poll").pressSequentially("a d r n c");
    await page.locator("#tab-session").click();
    await page.getByRole("switch", { name: "Keyboard shortcuts" }).click();
    await page.locator("h1").click();
    await page.keyboard.press("a");
    expect(hub.commands).toEqual([]);
  });

  test("makes a poll and opens it", async ({ page }) => {
    const hub = await moderator(page);
    await page.getByRole("button", { name: "New poll" }).click();
    await page.getByRole("button", { name: "Single choice" }).click();
    await page.getByRole("button", { name: "Open now" }).click();
    await expect(page.getByText("Write what is asked.")).toBeVisible();
    await page.getByLabel("Question of the poll").fill("Lunch?");
    await page.getByLabel("Option 1").fill("Now");
    await page.getByLabel("Option 2").fill("Later");
    await page.getByRole("button", { name: "Open now" }).click();
    await expect.poll(() => hub.commands.length).toBe(2);
    const [create, open] = hub.commands.map((c) => c.cmd);
    expect(create).toMatchObject({
      type: "poll.create",
      title: "Lunch?",
      kind: "single",
      options: ["Now", "Later"],
      results: "closed",
    });
    expect(open).toEqual({ type: "poll.open", id: create?.["id"] });
  });

  test("moves the session and tells people", async ({ page }) => {
    const hub = await moderator(page);
    await page.locator("#tab-session").click();
    await page.getByRole("group", { name: "Start later" }).getByRole("button", { name: "+10" }).click();
    await page.getByLabel("What should people know?").fill("We wait for the interpreters");
    await page.getByRole("button", { name: "Post" }).click();
    await expect.poll(() => hub.commands.length).toBe(2);
    expect(hub.commands[0]).toMatchObject({
      topic: "schedule/waters",
      cmd: { type: "session.move", id: "opening", start: NOW - 15 * 60_000 },
    });
    expect(hub.commands[1]?.cmd).toMatchObject({
      type: "announcement.post",
      session: "opening",
      text: "We wait for the interpreters",
    });
  });

  test("is told in words when somebody else was faster", async ({ page }) => {
    const hub = await moderator(page);
    hub.answer = "changed";
    await page.locator(".mod-card").first().getByRole("button", { name: "Approve" }).click();
    await expect(page.locator(".toast", { hasText: "Somebody else changed it" })).toBeVisible();
  });
});
