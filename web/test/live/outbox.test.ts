import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Item, Outbox } from "../../src/live/outbox.ts";
import { atOnce } from "../../src/live/store.ts";
import type { DoFrame, Role } from "../../src/wire/frames.ts";

const NAME = "session/x";

function open() {
  const sent: DoFrame[] = [];
  const kept: (readonly Item[])[] = [];
  const wire = { up: true, roles: new Map<string, Role>([[NAME, "attendee"]]) };
  const outbox = new Outbox(
    "d".repeat(32),
    {
      send: (frame) => {
        if (wire.up) sent.push(frame);
        return wire.up;
      },
      roleOn: (name) => wire.roles.get(name),
    },
    { save: (items) => kept.push(items) },
    atOnce,
  );
  const vote = (id: string, on: boolean, seen = 5) =>
    outbox.add(NAME, "attendee", { type: "question.vote", id, on }, seen);
  const ask = (text: string) => outbox.add(NAME, "attendee", { type: "question.ask", id: text, text }, 5);
  const ack = (id: string, level = "embedded") =>
    outbox.ack({ t: "ack", id, topic: NAME, epoch: "e", offset: 7, level });
  return { outbox, sent, kept, wire, vote, ask, ack, states: () => outbox.items.get().map((i) => i.state) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a command", () => {
  test("goes out at once with id, device, count and what was seen", () => {
    const { sent, ask, vote } = open();
    const id = ask("why");
    vote("q", true, 9);
    expect(sent).toEqual([
      {
        t: "do",
        id,
        dev: "d".repeat(32),
        n: 1,
        seen: 5,
        topic: NAME,
        cmd: { type: "question.ask", id: "why", text: "why" },
      },
      expect.objectContaining({ n: 2, seen: 9 }),
    ]);
  });

  test("is sending, then sent, then safe with its level, then gone from sight", () => {
    const { outbox, wire, ask, ack, states } = open();
    wire.up = false;
    const id = ask("why");
    expect(states()).toEqual(["sending"]);
    wire.up = true;
    outbox.up();
    expect(states()).toEqual(["sent"]);
    ack(id);
    expect(outbox.items.get()).toMatchObject([{ state: "safe", level: "embedded", offset: 7 }]);
    vi.advanceTimersByTime(5_000);
    expect(states()).toEqual([]);
  });

  test("that was written when the line broke is sent again as it was", () => {
    const { outbox, sent, ask } = open();
    ask("why");
    outbox.down();
    outbox.up();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  test("that nobody answers is written again", () => {
    const { sent, ask } = open();
    ask("why");
    vi.advanceTimersByTime(10_500);
    expect(sent).toHaveLength(2);
  });

  test("is sent again when the hub says retry, not before", () => {
    const { outbox, sent, ask } = open();
    const id = ask("why");
    outbox.retry(id, 800);
    vi.advanceTimersByTime(700);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(sent).toHaveLength(2);
  });

  test("that is refused stays with its reason until it is forgotten", () => {
    const { outbox, ask, kept } = open();
    const id = ask("why");
    outbox.refuse({ t: "refuse", id, topic: NAME, offset: 7, reason: "too-fast" });
    expect(outbox.items.get()).toMatchObject([{ state: "refused", reason: "too-fast" }]);
    expect(kept.at(-1)).toEqual([]);
    outbox.forget(id);
    expect(outbox.items.get()).toEqual([]);
  });

  test("is not given in a role that this page does not have", () => {
    const { outbox, sent, wire } = open();
    outbox.adopt([{ ...leftover("a"), role: "moderator", cmd: { type: "question.approve", id: "q" } }]);
    expect(sent).toEqual([]);
    wire.roles.set(NAME, "moderator");
    outbox.up();
    expect(sent).toHaveLength(1);
  });
});

describe("what survives", () => {
  test("everything that is not acknowledged, and nothing else", () => {
    const { ask, ack, kept } = open();
    const first = ask("a");
    ask("b");
    ack(first);
    expect(kept.at(-1)?.map((i) => i.cmd["text"])).toEqual(["b"]);
  });

  test("leftovers of another tab keep their device and count, and go out", () => {
    const { outbox, sent } = open();
    outbox.adopt([leftover("a"), leftover("b")]);
    outbox.adopt([leftover("a")]);
    expect(sent.map((f) => [f.id, f.dev, f.n])).toEqual([
      ["a", "e".repeat(32), 3],
      ["b", "e".repeat(32), 3],
    ]);
  });

  test("what was acknowledged from memory is offered again when history was lost", () => {
    const { outbox, sent, ask, ack } = open();
    const volatile = ask("a");
    const durable = ask("b");
    ack(volatile, "redis-memory");
    ack(durable, "redis-disk");
    outbox.lost(NAME);
    expect(sent.map((f) => f.id)).toEqual([volatile, durable, volatile]);
    expect(sent[2]).toEqual(sent[0]);
  });
});

test("a later vote on the same question makes an earlier open one needless", () => {
  const { outbox, wire, vote, sent } = open();
  wire.up = false;
  vote("q", true);
  vote("r", true);
  vote("q", false);
  wire.up = true;
  outbox.up();
  expect(sent.map((f) => [f.cmd["id"], f.cmd["on"]])).toEqual([
    ["r", true],
    ["q", false],
  ]);
});

test("a device keeps a bounded number", () => {
  const { outbox, wire, ask } = open();
  wire.up = false;
  for (let i = 0; i < 301; i++) ask(String(i));
  expect(outbox.items.get().filter((i) => i.state === "sending")).toHaveLength(300);
  expect(outbox.items.get().at(-1)).toMatchObject({ state: "refused", reason: "too-many" });
});

function leftover(id: string): Item {
  return {
    id,
    dev: "e".repeat(32),
    n: 3,
    seen: 1,
    topic: NAME,
    role: "attendee",
    cmd: { type: "question.ask", id: "q", text: "t" },
    at: 1,
    state: "sent",
  };
}
