import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { Kind, Poll } from "../../src/model/poll.ts";
import { docs, FakeHub, serve } from "./fake.ts";
import { type Moment, pollID, putPoll, samples } from "./polls.data.ts";

// How polls of each kind are answered and run, towards a hub that does as the test says.

const NOW = Date.now();
const SESSION = "session/opening";
const P = pollID(1);

let server: Server;
let url = "";
test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

type Board = Record<string, Record<string, unknown>>;

/** A page with one poll alone on the board. */
async function open(
  page: Page,
  role: "attendee" | "moderator" | "screen",
  kind: Kind,
  moment: Moment,
  more: Partial<Poll> = {},
  change: (board: Board, mine: Board) => void = () => undefined,
): Promise<FakeHub> {
  const topics = docs(NOW, role);
  const board = topics[SESSION]?.doc as Board;
  const mine = (topics[SESSION]?.mine ?? {}) as Board;
  Object.assign(board, { poll: {}, tally: {}, stage: { _: { question: null, poll: null } } });
  Object.assign(mine, { answer: {} });
  putPoll(board, mine, samples[kind], moment, NOW, more);
  change(board, mine);
  const hub = await new FakeHub(page, NOW, topics).start();
  const paths = { attendee: "/s/opening#polls", moderator: "/m/opening", screen: "/screen/opening" };
  await page.goto(url + paths[role]);
  await page.locator(".poll, .mod-poll, .big-poll").first().waitFor();
  return hub;
}

const send = (page: Page) => page.getByRole("button", { name: "Send answer" }).click();
const sent = (hub: FakeHub) => hub.commands.map((c) => c.cmd);

test.describe("a person", () => {
  test("gives stars, a step of a scale, a recommendation", async ({ page }) => {
    const hub = await open(page, "attendee", "nps", "open");
    await page.getByRole("radio", { name: "10, Very likely" }).check();
    await send(page);
    await expect.poll(() => sent(hub)).toEqual([{ type: "poll.vote", id: P, choice: [11] }]);
    await expect(page.locator(".poll .chosen")).toContainText("10");
  });

  test("ranks by tapping, ties, moves by key and takes out again", async ({ page }) => {
    const hub = await open(page, "attendee", "ranking", "open");
    for (const name of ["Geneva", "Nairobi", "Bangkok"]) await page.getByRole("button", { name }).click();
    const ranked = page.locator(".ranked > li");
    await expect(ranked).toContainText(["Geneva", "Nairobi", "Bangkok"]);
    const bangkok = page.getByRole("button", { name: /Bangkok\u2069?: place/ });
    await bangkok.press("ArrowUp");
    await expect(ranked).toContainText(["Geneva", "Bangkok", "Nairobi"]);
    await expect(bangkok).toBeFocused();
    await bangkok.click();
    await page.getByRole("button", { name: "Tie with above" }).click();
    await expect(page.locator(".rank-place")).toHaveText(["1", "1", "3"]);
    await page.getByRole("button", { name: /Nairobi\u2069?: place/ }).click();
    await page.getByRole("button", { name: "Take out" }).last().click();
    await send(page);
    await expect.poll(() => sent(hub)).toEqual([{ type: "poll.vote", id: P, ranks: [[2, 5]] }]);
  });

  test("ranks by dragging", async ({ page }) => {
    const hub = await open(page, "attendee", "ranking", "open");
    for (const name of ["Geneva", "Nairobi", "Bangkok"]) await page.getByRole("button", { name }).click();
    const grip = await page.locator(".rank-grip").last().boundingBox();
    const first = await page.locator(".ranked > li").first().boundingBox();
    if (!grip || !first) throw new Error("nothing to drag");
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2, first.y + first.height / 4, { steps: 8 });
    await page.mouse.up();
    await expect(page.locator(".ranked > li")).toContainText(["Bangkok", "Geneva", "Nairobi"]);
    await send(page);
    await expect.poll(() => sent(hub)).toEqual([{ type: "poll.vote", id: P, ranks: [[5], [2], [1]] }]);
  });

  test("keeps the points that one types while others answer", async ({ page }) => {
    const hub = await open(page, "attendee", "points", "open");
    const field = page.getByRole("textbox", { name: /Sensors/ });
    await field.fill("60");
    hub.tell("session/opening", { tally: { [P]: { people: 613 } } });
    await expect(page.getByText("613 answers")).toBeVisible();
    await expect(field).toHaveValue("60");
    await field.blur();
    await expect(page.getByText("40 points left")).toBeVisible();
  });

  test("gives away a hundred points, not more and not fewer", async ({ page }) => {
    const hub = await open(page, "attendee", "points", "open");
    const field = (name: string) => page.getByRole("textbox", { name: new RegExp(name) });
    await field("Sensors").fill("60");
    await field("Early warning").fill("70");
    await field("Early warning").blur();
    await expect(field("Early warning")).toHaveValue("40");
    await expect(page.getByText("All 100 points are given.")).toBeVisible();
    await page.getByRole("button", { name: /Less for \u2068?Sensors/ }).click();
    await expect(page.getByRole("button", { name: "Send answer" })).toBeDisabled();
    await page.getByRole("button", { name: /More for \u2068?Schools/ }).click();
    await send(page);
    await expect.poll(() => sent(hub)).toEqual([{ type: "poll.vote", id: P, points: [55, 5, 40, 0] }]);
  });

  test("writes a number in the digits of the own script, within its bounds", async ({ page }) => {
    const hub = await open(page, "attendee", "number", "open", { decimals: 1, high: 10_000 });
    const field = page.getByLabel("Your number");
    await field.fill("1001");
    await expect(page.getByText(/Write a number that fits/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Send answer" })).toBeDisabled();
    await field.fill("٢٦٠٫٥");
    await send(page);
    await expect.poll(() => sent(hub)).toEqual([{ type: "poll.vote", id: P, number: 2605 }]);
  });

  test("writes words for a cloud that cuts them", async ({ page }) => {
    const hub = await open(page, "attendee", "cloud", "open", { split: true, stop: "en" });
    await page.getByLabel(/Word 1 of 3/).fill(" the long river ");
    await page.getByRole("button", { name: "Another word" }).click();
    await page.getByLabel(/Word 2 of 3/).fill("حياة");
    await send(page);
    await expect
      .poll(() => sent(hub))
      .toEqual([{ type: "poll.vote", id: P, words: ["the long river", "حياة"], split: true, stop: "en" }]);
  });

  test("goes through a survey, skips, comes back to it and finishes", async ({ page }) => {
    const hub = await open(page, "attendee", "survey", "open");
    await page.getByRole("radio", { name: "4 stars" }).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Skip" }).click();
    await page.getByLabel("Your text").fill("Shorter speeches.");
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("checkbox", { name: "中文" }).check();
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByLabel("Your text")).toHaveValue("Shorter speeches.");
    await page.getByRole("button", { name: "Finish" }).click();
    await expect(page.getByText("Thank you, that was all.")).toBeVisible();
    expect(sent(hub)).toEqual([
      { type: "poll.vote", id: pollID(2), choice: [4] },
      { type: "poll.vote", id: pollID(3), choice: [2] },
      { type: "poll.vote", id: pollID(4), words: ["Shorter speeches."] },
    ]);
  });

  test("learns in a quiz whether it was right, the points, and the own place", async ({ page }) => {
    await open(page, "attendee", "quiz", "closed");
    await expect(page.locator(".verdict")).toHaveText(/Right! 1,000 points/);
    await expect(page.locator(".quiz .headline")).toContainText("1 of 3 right");
    await expect(page.locator(".quiz .headline")).toContainText("Place 44 of 120");
    await expect(page.locator(".board [data-own]")).toContainText(["Amina", "Upstream"]);
    await expect(page.locator('.bar[data-right="true"]')).toContainText("The Congo");
  });

  test("sees what only those see who have answered, and not before", async ({ page }) => {
    const hub = await open(page, "attendee", "single", "open", { results: "voted" });
    await page.getByRole("radio", { name: "Open flow data" }).check();
    await send(page);
    await expect(page.getByText("Round 1")).toHaveCount(0);
    hub.tell(SESSION, { answer: { [P]: { choice: [1] } }, result: { [P]: samples.single.tally } }, "mine");
    await expect(page.locator(".bar", { hasText: "Open flow data" })).toContainText("45%");
  });

  test("cannot change an answer that stands", async ({ page }) => {
    await open(page, "attendee", "single", "answered", { fixed: true });
    await expect(page.getByText("Your answer is in, and it stands.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Change answer" })).toHaveCount(0);
  });

  test("is not asked any more when the time is over", async ({ page }) => {
    await open(page, "attendee", "single", "open", { closes: NOW - 1 });
    await expect(page.getByRole("radio")).toHaveCount(0);
    await expect(page.getByText("Results appear when the poll closes.")).toBeVisible();
  });
});

test.describe("a moderator", () => {
  const make = async (page: Page, kind: string): Promise<void> => {
    await page.getByRole("button", { name: "New poll" }).click();
    await page.getByRole("button", { name: kind, exact: true }).click();
    await page.getByLabel("Question of the poll").fill("What?");
  };

  test("writes a quiz with its right answers and a countdown", async ({ page }) => {
    const hub = await open(page, "moderator", "single", "closed");
    await make(page, "Quiz");
    await page.getByLabel("Option 1", { exact: true }).fill("Yes");
    await page.getByLabel("Option 2", { exact: true }).fill("No");
    await page.getByRole("button", { name: "Save as draft" }).click();
    await expect(page.getByText("Tick at least one right option.")).toBeVisible();
    await page.getByLabel("Option 2 is right").check();
    await page.getByText("More settings").click();
    await page.getByLabel("Countdown in seconds").fill("20");
    await page.getByText("Faster answers bring more points").click();
    await page.getByRole("button", { name: "Save as draft" }).click();
    await expect
      .poll(() => sent(hub))
      .toMatchObject([
        {
          type: "poll.create",
          kind: "quiz",
          options: ["Yes", "No"],
          right: [2],
          secs: 20,
          bonus: true,
          min: 1,
          max: 1,
        },
      ]);
  });

  test("goes on along the run sheet by one press or one key", async ({ page }) => {
    const hub = await open(page, "moderator", "single", "open", {}, (board, mine) => {
      putPoll(board, mine, samples.rating, "draft", NOW);
      Object.assign(board, { stage: { _: { question: null, poll: P } } });
    });
    await page.locator("h1").click();
    await page.keyboard.press("n");
    await expect
      .poll(() => sent(hub))
      .toEqual([
        { type: "poll.close", id: P },
        { type: "poll.open", id: pollID(2) },
        { type: "poll.stage", id: pollID(2), on: true },
      ]);
    await page.getByRole("button", { name: /Move \u2068?How was the interpretation.* up/ }).click();
    await expect.poll(() => sent(hub).at(-1)).toEqual({ type: "poll.order", ids: [pollID(2), P] });
  });

  test("tells the answer, asks once more, makes a copy and puts away", async ({ page }) => {
    const hub = await open(page, "moderator", "quiz", "closed", {}, (board) => {
      board["poll"] = { [P]: { ...(board["poll"]?.[P] as object), solved: false } };
    });
    await page.getByRole("button", { name: "Tell the answer" }).click();
    await page.locator(".poll-title").click();
    await page.locator(".poll-more > summary").click();
    await page.getByRole("button", { name: "New round" }).click();
    await page.getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("button", { name: "Archive" }).click();
    await page.getByLabel("Who sees the results").selectOption("voted");
    await page.getByRole("switch", { name: "On the screen" }).click();
    await expect
      .poll(() => sent(hub))
      .toMatchObject([
        { type: "poll.solve", id: P, on: true },
        { type: "poll.round", id: P },
        { type: "poll.create", kind: "quiz", title: samples.quiz.poll.title, right: [2] },
        { type: "poll.archive", id: P, on: true },
        { type: "poll.set", id: P, results: "voted" },
        { type: "poll.stage", id: P, on: true },
      ]);
  });

  test("gives more time by the hub's clock, whatever the device's says", async ({ page }) => {
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    const hub = await open(page, "moderator", "single", "open", { closes: NOW + 600_000 });
    await page.getByRole("button", { name: "30 s more" }).click();
    await expect.poll(() => sent(hub).length).toBe(1);
    const secs = Number(sent(hub)[0]?.["secs"]);
    expect(secs).toBeGreaterThan(300);
    expect(secs).toBeLessThanOrEqual(640);
  });

  test("shows and holds back what people wrote", async ({ page }) => {
    const hub = await open(page, "moderator", "text", "open", { results: "shown" }, (board) => {
      for (const n of [20, 21]) {
        const text = { poll: P, n, text: `waits ${n}`, at: NOW, state: "pending" };
        board["text"] = { ...board["text"], [`${P}.${n}`]: text };
      }
    });
    await expect(page.locator(".mod-poll .wall")).not.toContainText("waits");
    await page.getByRole("button", { name: /Hold back \u2068?waits 20/ }).click();
    await page.getByRole("button", { name: "Show all" }).click();
    await expect
      .poll(() => sent(hub))
      .toEqual([
        { type: "poll.word", id: P, ns: [20], show: false },
        { type: "poll.word", id: P, ns: [21, 20], show: true },
      ]);
  });

  test("takes polls from a file, and says which of them the hub did not", async ({ page }) => {
    await open(page, "moderator", "single", "closed");
    let sent: unknown;
    await page.route("**/api/v1/sessions/opening/polls", (route) => {
      sent = route.request().postDataJSON();
      return route.fulfill({ json: { created: 1, again: 0, refused: [{ poll: "2.1", reason: "bad-choice" }] } });
    });
    const give = (text: string) =>
      page
        .locator('input[type="file"]')
        .setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await give("no file of polls");
    await expect(page.locator(".toast", { hasText: "That is no file of polls." })).toBeVisible();
    expect(sent).toBeUndefined();
    await give('{"majlis":"polls","v":1,"polls":[]}');
    await expect(page.locator(".toast", { hasText: "1 poll added as a draft" })).toBeVisible();
    await expect(page.locator(".toast", { hasText: "2.1" })).toContainText("That choice does not fit this poll.");
    expect(sent).toEqual({ majlis: "polls", v: 1, polls: [] });
  });

  test("adds questions to a survey that is a draft", async ({ page }) => {
    const hub = await open(page, "moderator", "survey", "draft");
    await page.locator(".poll-title").click();
    await page.getByRole("button", { name: "Add a question" }).click();
    await expect(page.getByRole("button", { name: "Survey", exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Number", exact: true }).click();
    await page.getByLabel("Question of the poll").fill("How many?");
    await page.getByRole("button", { name: "Add a question" }).click();
    await expect
      .poll(() => sent(hub))
      .toMatchObject([{ type: "poll.create", kind: "number", title: "How many?", in: P }]);
  });
});

test.describe("the screen", () => {
  test("shows the counts that the phones do not see where the poll says so", async ({ page }) => {
    await open(page, "screen", "single", "open", { results: "hidden", screen: true }, (board) => {
      board["tally"] = { [P]: samples.single.tally };
    });
    await expect(page.locator(".big-poll")).toContainText("45%");
  });

  test("shows no count that it was not told", async ({ page }) => {
    await open(page, "screen", "single", "open", { screen: true });
    await expect(page.locator(".big-poll")).toContainText("Results are hidden for now.");
    await expect(page.locator(".big-options li")).toHaveCount(4);
  });

  test("shows the leaderboard with its ties", async ({ page }) => {
    await open(page, "screen", "quiz", "closed", {}, (board) => {
      Object.assign(board, { stage: { _: { question: null, poll: null, leaderboard: true } } });
    });
    await expect(page.locator(".board").last().locator(".board-place")).toHaveText(["1", "1", "3", "4", "4", "4"]);
  });

  test("lays a cloud out without overlap, in every script", async ({ page }) => {
    await open(page, "screen", "cloud", "closed", {}, (board) => {
      Object.assign(board, { stage: { _: { question: null, poll: P } } });
    });
    await expect(page.locator(".cloud li").first()).toBeVisible();
    await page.waitForFunction(() => document.querySelector<HTMLElement>(".cloud li")?.style.getPropertyValue("--x"));
    const over = await page.evaluate(() => {
      const shown = [...document.querySelectorAll(".cloud li")].filter((li) => li.checkVisibility());
      const boxes = shown.map((li) => ({ text: li.textContent, ...li.getBoundingClientRect().toJSON() }));
      const frame = document.querySelector(".cloud")?.getBoundingClientRect();
      const hits = boxes.flatMap((a, i) =>
        boxes
          .slice(0, i)
          .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
          .map((b) => `${a.text} over ${b.text}`),
      );
      const out = boxes.filter((b) => frame && (b.left < frame.left - 1 || b.right > frame.right + 1));
      return { hits, out, n: boxes.length };
    });
    expect(over).toMatchObject({ hits: [], out: [] });
    expect(over.n).toBeGreaterThan(20);
  });
});
