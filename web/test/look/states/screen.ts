import { P, Q } from "../data.ts";
import { putPoll, samples } from "../polls.data.ts";
import { cut, empty, onStage, rules, type State, type World } from "../state.ts";

const board = { path: "/screen/opening", seat: "screen", there: ".hall", sizes: ["desk"] } as const;
const polled = (kind: "single" | "ranking" | "quiz", moment: "open" | "closed") => (world: World) => {
  empty(world);
  onStage(world, { poll: putPoll(world.board, world.mine, samples[kind], moment, world.now) });
};

export const screen: readonly State[] = [
  { name: "a question", path: board.path, seat: board.seat, there: board.there, usual: true },
  { name: "a long question", ...board, change: (world) => onStage(world, { question: Q(5) }) },
  { name: "a question in Arabic", ...board, change: (world) => onStage(world, { question: Q(3) }) },
  {
    name: "a question in two languages",
    ...board,
    change: (world) => {
      onStage(world, { question: Q(3) });
      rules(world, { hall: { lang: "en", both: true } });
    },
  },
  {
    name: "what is asked most",
    ...board,
    change: (world) => {
      onStage(world, { question: null });
      world.board["poll"] = {};
    },
  },
  {
    name: "what is asked most, in a bright room",
    ...board,
    path: "/screen/opening?theme=light",
    change: (world) => {
      onStage(world, { question: null });
      world.board["poll"] = {};
      rules(world, { hall: { lang: "en", both: true } });
    },
  },
  { name: "nothing on", ...board, change: empty },
  {
    name: "not open yet",
    ...board,
    change: (world) => {
      empty(world);
      rules(world, { live: false });
    },
  },
  { name: "nobody has opened it", ...board, change: ({ topics }) => delete topics["session/opening"] },
  {
    name: "a poll, its counts hidden",
    ...board,
    change: (world) => onStage(world, { question: null, poll: P(1) }),
  },
  { name: "a poll", ...board, change: (world) => onStage(world, { poll: P(2) }) },
  {
    name: "a poll, in a bright room",
    ...board,
    path: "/screen/opening?theme=light",
    change: (world) => onStage(world, { poll: P(2) }),
  },
  { name: "a ranking", ...board, change: polled("ranking", "closed") },
  {
    name: "leaderboard",
    ...board,
    change: (world) => {
      polled("quiz", "closed")(world);
      onStage(world, { poll: null, leaderboard: true });
    },
  },
  {
    name: "closing soon, and announced that it is urgent",
    ...board,
    change: (world) => {
      rules(world, { closes: { at: world.now + 110_000, to: "votes" } });
      Object.assign(Object.values(world.schedule.announcement)[0] ?? {}, { urgent: true });
    },
  },
  {
    name: "cancelled",
    ...board,
    change: ({ schedule }) => Object.assign(schedule.session.opening, { state: "cancelled" }),
  },
  {
    name: "what the hall feels",
    ...board,
    act: async (page, hub) => {
      hub.say({ t: "pulse", topic: "session/opening", online: 812, reactions: { heart: 6, applause: 9, laugh: 2 } });
      await page.locator(".flow-mark, .flow-count").first().waitFor();
    },
  },
  { name: "dark", ...board, change: (world) => onStage(world, { question: null, dark: true }) },
  { name: "the line is down", ...board, act: cut(".hall-line:not([data-live])") },
];
