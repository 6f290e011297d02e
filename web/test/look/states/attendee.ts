import type { Page } from "@playwright/test";
import { item, P, Q } from "../data.ts";
import { pollID, putPoll, samples } from "../polls.data.ts";
import { cut, empty, onStage, rules, type State, tab, type World } from "../state.ts";

const M = 60_000;
const seat = "attendee";
const board = { path: "/s/opening", seat, there: ".main-tabs" } as const;

/** Without the open poll, which would take the page to itself. */
const asked = (name: string, more: Partial<State> = {}): State => ({
  name,
  ...board,
  ...more,
  change: (world) => {
    world.board["poll"] = {};
    world.board["tally"] = {};
    more.change?.(world);
  },
});

const polled = (name: string, change: (world: World) => unknown): State => ({
  name,
  ...board,
  path: "/s/opening#polls",
  change: (world) => {
    empty(world);
    change(world);
  },
});

const programmed = (name: string, change: (opening: World["schedule"]["session"]["opening"]) => object): State =>
  asked(name, { change: ({ schedule }) => Object.assign(schedule.session.opening, change(schedule.session.opening)) });

const type = (text: string) => (page: Page) => page.locator("textarea").fill(text);
const send = async (page: Page): Promise<void> => {
  await type("Could we hear the speakers without the music, please?")(page);
  await page.locator(".ask .button[data-look=primary]").click();
};

export const attendee: readonly State[] = [
  { name: "join", path: "/", seat, there: ".join-card", usual: true },
  {
    name: "join, no such code",
    path: "/j/ZZZZZZ",
    seat,
    there: ".join-card .error",
    says: /404/,
  },
  { name: "conference", path: "/c/waters", seat, there: ".slots", usual: true },
  asked("questions", { usual: true }),
  asked("questions, nobody has asked", { change: empty }),
  asked("asking, and one like it is there", {
    act: async (page) => {
      await type("Who will pay for the sensors after the pilot?")(page);
      await page.locator(".similar").waitFor();
    },
  }),
  asked("asked, on its way", {
    act: async (page, hub) => {
      hub.answer = "mute";
      await send(page);
      await page.locator(".own-item[data-state=new]").waitFor();
    },
  }),
  asked("asked, refused", {
    act: async (page, hub) => {
      hub.answer = "too-fast";
      await send(page);
      await page.locator(".own-item .error").waitFor();
    },
  }),
  asked("what was answered", {
    change: (world) => {
      onStage(world, { question: null });
      Object.assign(world.mine["asked"] ?? {}, {
        [Q(8)]: { text: "Is the youth assembly open to observers?", at: world.now - 24 * M, state: "answered" },
      });
    },
    act: (page) => page.locator(".questions .fold > summary").last().click(),
  }),
  asked("house rules, down-votes and what became of the questions", {
    change: (world) => {
      rules(world, { downs: true });
      world.board["intro"] = { _: { text: "One question each, please.\nWe read them all." } };
      world.board["ledger"] = {
        _: { received: 31, shown: 20, merged: 4, answered: 6, declined: { "off-topic": 2 } },
      };
    },
    act: (page) => page.locator(".questions > .fold > summary").first().click(),
  }),
  asked("names are required", { change: (world) => rules(world, { names: "required" }), act: send }),
  asked("closing soon", { change: (world) => rules(world, { closes: { at: world.now + 110_000, to: "closed" } }) }),
  asked("votes only", { change: (world) => rules(world, { qa: "votes" }) }),
  asked("closed", { change: (world) => rules(world, { live: false, qa: "closed" }) }),
  { name: "a poll is open", ...board, path: "/s/opening#polls", usual: true },
  polled("a survey is open", ({ board, mine, now }) => putPoll(board, mine, samples.survey, "open", now)),
  polled("a poll is answered", ({ board, mine, now }) => putPoll(board, mine, samples.single, "answered", now)),
  polled("polls are closed", ({ board, mine, now }) => {
    for (const kind of ["rating", "number", "ranking"] as const) putPoll(board, mine, samples[kind], "closed", now);
  }),
  polled("no polls", () => undefined),
  {
    name: "a poll comes while one types",
    ...board,
    change: ({ board }) => delete board["poll"]?.[P(1)],
    act: async (page, hub) => {
      await type("I am still writing")(page);
      const poll = { ...samples.yesno.poll, state: "open", results: "hidden", at: Date.now(), opened: Date.now() };
      hub.tell("session/opening", { poll: { [pollID(9)]: poll }, tally: { [pollID(9)]: { people: 4 } } });
      await page.locator(".poll-comes .banner").waitFor();
    },
  },
  { name: "programme", ...board, usual: true, act: tab("programme") },
  programmed("moved", ({ start }) => ({ was: { start: start - 20 * M, room: "majlis" } })),
  programmed("cancelled", () => ({ state: "cancelled" })),
  asked("announced, and it is urgent", {
    change: ({ now, schedule }) =>
      Object.assign(schedule.announcement, {
        "01JA0000000000000000000002": {
          text: "قاعة المجلس مغلقة. الجلسة تنتقل إلى القاعة الكبرى.",
          at: now - M,
          urgent: true,
        },
      }),
  }),
  {
    name: "not open yet",
    ...board,
    there: ".slots",
    change: ({ topics }) => delete topics["session/opening"],
    rest: ({ pathname }) =>
      pathname.endsWith("/sessions/opening") ? { json: { ...item(Date.now()), live: false } } : undefined,
  },
  {
    name: "no such session",
    path: "/s/nowhere",
    seat,
    there: ".empty",
    hub: (hub) => {
      hub.missing = "not-live";
    },
    rest: ({ pathname }) => (pathname.endsWith("/nowhere") ? { status: 404, json: { code: "not-live" } } : undefined),
    says: /404/,
  },
  asked("offline", { act: cut(".pill[data-phase=offline]") }),
  asked("ended", {
    act: async (page, hub) => {
      hub.drop(4500);
      await page.locator(".pill[data-phase=ended]").waitFor();
    },
  }),
];
