import { N, Q } from "../data.ts";
import { cut, empty, onStage, type State, type World } from "../state.ts";

const M = 60_000;
const board = { path: "/stage/opening", seat: "stage", there: ".podium" } as const;
const ends = (minutes: number) => (world: World) => {
  Object.assign(world.schedule.session.opening, { end: world.now + minutes * M - 7_000 });
};
const withoutNotes = ({ board: all }: World): unknown => delete all["note"];

export const stage: readonly State[] = [
  { name: "queue and poll, with a note", ...board, usual: true },
  {
    name: "the queue alone",
    ...board,
    change: (world) => {
      withoutNotes(world);
      onStage(world, { poll: null });
      world.board["poll"] = {};
    },
  },
  {
    name: "several notes",
    ...board,
    change: ({ now, board: all }) => {
      Object.assign(all["note"] ?? {}, { [N(2)]: { text: "الميكروفون الثاني لا يعمل", at: now } });
    },
  },
  {
    name: "time is running out",
    ...board,
    change: (world) => {
      ends(4)(world);
      withoutNotes(world);
    },
  },
  { name: "over time", ...board, change: ends(-2) },
  {
    name: "a long question, and how the hall finds the pace",
    ...board,
    change: (world) => {
      withoutNotes(world);
      onStage(world, { question: Q(5), poll: null });
    },
    act: async (page, hub) => {
      hub.say({ t: "pulse", topic: "session/opening", online: 812, pace: { fast: 41, lost: 12, slow: 3 } });
      await page.locator(".pace-one").first().waitFor();
    },
  },
  {
    name: "nothing",
    ...board,
    change: (world) => {
      empty(world);
      withoutNotes(world);
    },
  },
  { name: "nobody has opened it", ...board, change: ({ topics }) => delete topics["session/opening"] },
  { name: "the line is down", ...board, act: cut(".hall-line:not([data-live])") },
];
