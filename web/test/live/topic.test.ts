import { describe, expect, test } from "vitest";
import { atOnce } from "../../src/live/store.ts";
import { Topic } from "../../src/live/topic.ts";
import type { Doc, MineFrame, PatchFrame } from "../../src/wire/frames.ts";

const NAME = "session/x";
const patch = (from: number, to: number, doc: Doc = {}, epoch = "e"): PatchFrame => ({
  t: "patch",
  topic: NAME,
  view: 3,
  epoch,
  from,
  to,
  h: `h${to}`,
  doc,
});
const mine = (from: number, to: number, doc: Doc = {}, epoch = "e"): MineFrame => ({
  t: "mine",
  topic: NAME,
  epoch,
  from,
  to,
  h: `h${to}`,
  doc,
});

function watched(): Topic {
  const topic = new Topic(NAME, "attendee", atOnce);
  topic.watch(false, 0);
  topic.take(patch(0, 10, { votes: { q: { n: 1 } } }), 1);
  topic.take(mine(0, 9, { vote: { q: { on: true } } }), 1);
  return topic;
}

describe("a watch", () => {
  test("of a new topic names no position", () => {
    expect(new Topic(NAME, "attendee", atOnce).watch()).toEqual({ t: "watch", topic: NAME, role: "attendee" });
  });

  test("names both cursors and the view", () => {
    expect(watched().watch()).toEqual({
      t: "watch",
      topic: NAME,
      role: "attendee",
      view: 3,
      epoch: "e",
      offset: 10,
      h: "h10",
      mine: 9,
    });
  });

  test("does not name a mine of another history", () => {
    const topic = watched();
    topic.take(patch(0, 3, {}, "f"));
    expect(topic.watch()).not.toHaveProperty("mine");
  });
});

describe("the two cursors", () => {
  test("move apart and keep what the other has", () => {
    const topic = watched();
    topic.take(mine(9, 12, { vote: { q: null } }));
    expect(topic.state.get().mine).toEqual({ vote: {} });
    expect(topic.offset).toBe(10);
    expect(topic.known).toBe(12);
    topic.take(patch(10, 12, { votes: { q: { n: 0 } } }));
    expect(topic.state.get().doc).toEqual({ votes: { q: { n: 0 } } });
  });

  test("a gap asks again from here, once", () => {
    const topic = watched();
    expect(topic.take(patch(20, 21), 100_000)).toEqual({ ask: topic.watch(false, 100_000) });
    expect(topic.take(patch(21, 22), 100_001)).toEqual({});
    expect(topic.take(patch(22, 23), 200_000).ask).toBeDefined();
  });

  test("another history asks without a position", () => {
    const topic = watched();
    expect(topic.take(patch(10, 21, {}, "f"), 100_000).ask).toEqual({ t: "watch", topic: NAME, role: "attendee" });
  });

  test("a whole document of another history, or a shorter one, says that something was lost", () => {
    expect(watched().take(patch(0, 4, {}, "f"))).toEqual({ lost: true });
    expect(watched().take(patch(0, 4))).toEqual({ lost: true });
    expect(watched().take(patch(0, 40))).toEqual({});
  });
});

test("a refused watch is said until a document comes", () => {
  const topic = new Topic(NAME, "moderator", atOnce);
  topic.refuse("not-allowed");
  expect(topic.state.get()).toMatchObject({ error: "not-allowed", loaded: false });
  topic.take(patch(0, 1));
  expect(topic.state.get()).not.toHaveProperty("error");
});

test("a pulse without a head count takes back the one before", () => {
  const topic = new Topic(NAME, "attendee", atOnce);
  topic.pulse({ t: "pulse", topic: NAME, online: 812 });
  expect(topic.state.get().online).toBe(812);
  topic.pulse({ t: "pulse", topic: NAME, reactions: { heart: 1 } });
  expect(topic.state.get()).not.toHaveProperty("online");
});
