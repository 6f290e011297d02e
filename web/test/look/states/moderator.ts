import { expect, type Page } from "@playwright/test";
import { N, P, Q } from "../data.ts";
import { cut, empty, onStage, rules, type State, tab } from "../state.ts";

const M = 60_000;
const board = { path: "/m/opening", seat: "moderator", there: ".console, .empty" } as const;
const wide = (page: Page): boolean => (page.viewportSize()?.width ?? 0) > 1_000;

/** On a phone a lane is a tab; on a desk all stand there. */
const lane =
  (name: string) =>
  async (page: Page): Promise<void> => {
    if (!wide(page)) await tab(name)(page);
  };
const card = (page: Page, of: string, n: number) => page.locator(`[data-lane=${of}] .mod-card`).nth(n);
const more = async (page: Page, of: string, n: number): Promise<void> => {
  await lane(of)(page);
  // A list that is still put in order may move from under the press.
  await expect(async () => {
    const folded = card(page, of, n).locator(".mod-top [aria-expanded=false]");
    if (await folded.isVisible()) await folded.click();
    await card(page, of, n).locator(".mod-more-body").waitFor({ timeout: 1_000 });
  }).toPass();
};
const unfold = async (page: Page): Promise<void> => {
  await tab("session")(page);
  for (const fold of await page.locator(".console .fold:not(.lane *) > summary").all()) await fold.click();
};
export const moderator: readonly State[] = [
  { name: "console", ...board, usual: true },
  { name: "live, and the queue", ...board, sizes: ["phone"], act: lane("live") },
  { name: "answered", ...board, sizes: ["phone"], act: lane("answered") },
  { name: "nothing yet", ...board, change: empty },
  { name: "nothing yet, live and queue", ...board, sizes: ["phone"], change: empty, act: lane("live") },
  {
    name: "a question with all that can be done, and its like",
    ...board,
    change: ({ board: { question = {} } }) =>
      Object.assign(question[Q(9)] ?? {}, { text: "Who will pay for the sensors after the pilot?" }),
    act: (page) => more(page, "inbox", 2),
  },
  { name: "more, of a live one", ...board, act: (page) => more(page, "live", 0) },
  {
    name: "dismissed ones unfolded",
    ...board,
    act: (page) => page.locator("[data-lane=inbox] .fold > summary").click(),
  },
  {
    name: "several chosen",
    ...board,
    act: async (page) => {
      await page.locator("[data-lane=inbox] .mod-choose").nth(0).check();
      await page.locator("[data-lane=inbox] .mod-choose").nth(1).check();
      await lane("live")(page);
      await page.locator("[data-lane=live] .mod-choose").nth(1).check();
    },
  },
  {
    name: "rewording",
    ...board,
    act: (page) => card(page, "inbox", 1).locator(".byline .button").click(),
  },
  {
    name: "dismissing with a reason",
    ...board,
    act: async (page) => {
      await more(page, "inbox", 0);
      await page.locator(".mod-more-body .mod-actions .button").first().click();
    },
  },
  {
    name: "answering in writing",
    ...board,
    act: async (page) => {
      await more(page, "live", 0);
      await page.locator(".mod-more-body .mod-actions .button").nth(3).click();
    },
  },
  {
    name: "asking for somebody",
    ...board,
    act: async (page) => {
      await lane("live")(page);
      await page.locator("[data-lane=live] .lane-head .button").last().click();
    },
  },
  {
    name: "done, and offered back",
    ...board,
    act: async (page, hub) => {
      await card(page, "inbox", 0).locator(".mod-actions .button").first().click();
      hub.tell("session/opening", { question: { [Q(11)]: null } });
      await page.locator(".toast").waitFor();
    },
  },
  { name: "polls", ...board, usual: true, act: tab("polls") },
  {
    name: "a new poll",
    ...board,
    act: async (page) => {
      await tab("polls")(page);
      await page.locator("#panel-polls .row .button").first().click();
      await page.locator(".kind").nth(1).click();
    },
  },
  { name: "session", ...board, usual: true, act: tab("session") },
  { name: "session, all unfolded", ...board, act: unfold },
  {
    name: "steps",
    ...board,
    act: async (page) => {
      await tab("session")(page);
      const steps = page.locator(".fold", { has: page.locator(".steps") });
      await steps.locator("summary").click();
      await steps.scrollIntoViewIfNeeded();
    },
  },
  { name: "the way in", ...board, sizes: ["desk"], act: tab("share") },
  {
    name: "it takes two",
    ...board,
    change: (world) => {
      rules(world, { eyes: true });
      onStage(world, {
        wishes: {
          question: { id: Q(2), by: 2 },
          others: [
            { did: "poll.open", id: P(3), by: 2 },
            { did: "stage.leaderboard", by: 2 },
            { did: "question.reply", id: Q(8), by: 1 },
          ],
        },
      });
      Object.assign(world.board["question"]?.[Q(8)] ?? {}, { answer: "Yes, from the gallery.", replied: 2 });
      world.mine["me"] = { _: { staff: 1 } };
    },
  },
  {
    name: "notes to the stage",
    ...board,
    change: ({ now, board: all }) => {
      all["note"] = {
        [N(1)]: { text: "Five minutes left", at: now - 4 * M, read: now - 3 * M, by: 1 },
        [N(2)]: { text: "الميكروفون الثاني لا يعمل", at: now - M, by: 2 },
      };
    },
    act: async (page, hub) => {
      if (!wide(page)) await tab("session")(page);
      hub.say({ t: "pulse", topic: "session/opening", online: 812, pace: { fast: 41, lost: 12 } });
      await page.locator(".pace-one").first().waitFor();
    },
  },
  {
    name: "all screens are clear",
    ...board,
    change: (world) => onStage(world, { question: null, dark: true }),
    act: async (page) => {
      if (!wide(page)) await tab("session")(page);
    },
  },
  { name: "not open", ...board, change: (world) => rules(world, { live: false, qa: "closed" }) },
  {
    name: "nobody opened it",
    ...board,
    change: ({ topics }) => delete topics["session/opening"],
  },
  {
    name: "no access",
    ...board,
    change: ({ topics }) => delete topics["session/opening"],
    hub: (hub) => {
      hub.missing = "not-allowed";
    },
  },
  { name: "offline", ...board, act: cut(".pill[data-phase=offline]") },
];
