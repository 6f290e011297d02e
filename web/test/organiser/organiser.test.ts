import { describe, expect, it } from "vitest";
import { find, rooms } from "../../src/model/find.ts";
import { changes, type Difference, readRefusal, touched } from "../../src/organiser/report.ts";
import { askedPolls, figures, isUnused, type PollResult, tallyOf, topQuestions } from "../../src/organiser/results.ts";
import { pagesOf } from "../../src/organiser/SheetPage.tsx";

const move = (id: string, start: number) => ({
  id,
  title: id,
  was: { start: 0, end: 1, room: "A" },
  now: { start, end: start + 1, room: "B" },
});
const diff = (more: Partial<Difference> = {}): Difference => ({
  added: [],
  moved: [],
  roomChanged: [],
  renamed: [],
  edited: [],
  cancelled: [],
  restored: [],
  unchanged: 0,
  ...more,
});

describe("a difference", () => {
  it("shows another time and another room of one session once, by the new time", () => {
    const d = diff({ moved: [move("b", 9), move("a", 5)], roomChanged: [move("b", 9), move("c", 7)] });
    expect(changes(d, "moved").map((m) => m.id)).toEqual(["a", "c", "b"]);
  });
  it("counts a session that is moved and renamed once", () => {
    const d = diff({
      moved: [move("a", 5)],
      renamed: [{ id: "a", title: "x", was: "y" }],
      added: [{ id: "n", title: "n" }],
    });
    expect(touched(d)).toBe(2);
  });
  it("touches nothing when all is as it was", () => expect(touched(diff({ unchanged: 40 }))).toBe(0));
});

describe("a refusal", () => {
  it("names its line and kind, and the line once", () =>
    expect(readRefusal({ line: 12, kind: "no-time" }, "line 12: no start: none")).toEqual({
      line: 12,
      kind: "no-time",
      times: 1,
      text: "no start: none",
    }));
  it("is only a text when a hub says no more", () =>
    expect(readRefusal({ line: "x" }, "want <start>10:00</start>")).toEqual({
      line: 0,
      kind: "",
      times: 1,
      text: "want <start>10:00</start>",
    }));
});

const session = (room: string, day: number, title: string, more: object = {}) => ({
  title,
  room,
  day,
  start: day,
  end: day + 1,
  state: "planned" as const,
  code: "7KXM4P",
  ...more,
});
const doc = { room: { b: { name: "Saal 2", order: 2 }, a: { name: "Großer Saal", order: 1 } } };
const all = [
  { id: "1", session: session("a", 1, "Opening", { speakers: ["Ada Lovelace"] }) },
  { id: "2", session: session("b", 1, "Rivers") },
  { id: "3", session: session("a", 2, "Closing") },
];
const ids = (filter: Partial<Parameters<typeof find>[2]>): string[] =>
  find(all, doc, { query: "", day: undefined, room: "", ...filter }).map((s) => s.id);

describe("finding sessions", () => {
  it("keeps to the day", () => expect(ids({ day: 1 })).toEqual(["1", "2"]));
  it("keeps to the room", () => expect(ids({ room: "a" })).toEqual(["1", "3"]));
  it("looks through every day by words, in any order and case", () =>
    expect(ids({ query: "saal LOVELACE", day: 2 })).toEqual(["1"]));
  it("finds a code", () => expect(ids({ query: "7kxm" })).toHaveLength(3));
  it("shows rooms in their order", () => expect(rooms(doc).map((r) => r.id)).toEqual(["a", "b"]));
});

it("puts six cards on a page", () => {
  const cards = Array.from({ length: 13 }, () => all[0]).filter((s) => s !== undefined);
  expect(pagesOf(cards).map((p) => p.length)).toEqual([6, 6, 1]);
  expect(pagesOf([])).toEqual([]);
});

const question = (id: string, votes: number, more: object = {}) => ({ id, text: id, state: "live", votes, ...more });

describe("results", () => {
  const poll: PollResult = {
    id: "p",
    title: "p",
    kind: "single",
    state: "closed",
    results: "shown",
    at: 0,
    people: 4,
    options: [1, 2, 3].map((id) => ({ id, text: "", count: id - 1 })),
  };
  const all = {
    people: 9,
    withdrawn: 1,
    questions: [
      question("a", 2),
      question("b", 5),
      question("c", 9, { state: "dismissed" }),
      question("d", 5),
      question("e", 7, { gone: true }),
    ],
    polls: [poll],
  };
  it("are counted", () => expect(figures(all)).toEqual({ people: 9, questions: 5, votes: 28, polls: 1, answers: 4 }));
  it("show what was asked most, not what was dismissed or blanked", () =>
    expect(topQuestions(all, 2).map((q) => q.id)).toEqual(["b", "d"]));
  it("stand in the form of the entity, without what was held back", () => {
    expect(tallyOf(poll)).toEqual({ people: 4, counts: [0, 1, 2] });
    const words = [
      { text: "sun", people: 3 },
      { text: "moon", people: 1, state: "held" },
      { text: "star", people: 2, state: "pending" },
    ];
    expect(tallyOf({ ...poll, kind: "cloud", options: [], words }).words?.map((w) => w.text)).toEqual(["sun"]);
  });
  it("of a survey come behind it, and drafts not at all", () => {
    const polls = [
      { ...poll, id: "q", in: "s" },
      { ...poll, id: "s", kind: "survey" as const },
      { ...poll, id: "d", state: "draft" as const },
      { ...poll, id: "z" },
    ];
    expect(askedPolls({ ...all, polls }).map((p) => p.id)).toEqual(["s", "q", "z"]);
  });
  it("know a board that nobody used", () => {
    expect(isUnused({ people: 1, withdrawn: 0, questions: [], polls: [] })).toBe(true);
    expect(isUnused({ people: 1, withdrawn: 1, questions: [], polls: [] })).toBe(false);
  });
});
