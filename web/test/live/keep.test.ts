import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Shelf, ShelfKeep } from "../../src/live/keep.ts";
import type { Item } from "../../src/live/outbox.ts";

function shelf(): Shelf & { keys(): string[] } {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (i) => [...map.keys()][i] ?? null,
    getItem: (k) => map.get(k) ?? null,
    setItem: (k, v) => void map.set(k, v),
    removeItem: (k) => void map.delete(k),
    keys: () => [...map.keys()],
  };
}

/** Web Locks between the tabs of a test; `close` is what the browser does to a dead tab. */
class Locks {
  readonly held = new Map<string, string>();
  of(tab: string): LockManager {
    const request = async (name: string, a: unknown, b?: unknown): Promise<unknown> => {
      const run = (b ?? a) as (lock: Lock | null) => unknown;
      const ifAvailable = typeof a === "object" && (a as LockOptions).ifAvailable === true;
      if (this.held.has(name)) return ifAvailable ? run(null) : new Promise(() => undefined);
      this.held.set(name, tab);
      try {
        return await run({ name, mode: "exclusive" });
      } finally {
        this.held.delete(name);
      }
    };
    return { request } as unknown as LockManager;
  }

  close(tab: string): void {
    for (const [name, owner] of this.held) if (owner === tab) this.held.delete(name);
  }
}

const NOW = 1_790_000_000_000;
const item = (id: string, at = NOW): Item => ({
  id,
  dev: "a",
  n: 1,
  seen: 0,
  topic: "session/x",
  role: "attendee",
  cmd: { type: "question.ask" },
  at,
  state: "sent",
});

async function adopted(keep: ShelfKeep, now = NOW): Promise<string[]> {
  const found: string[] = [];
  await keep.adopt((items) => void found.push(...items.map((i) => i.id)), now);
  return found;
}

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

describe("with Web Locks", () => {
  test("a living tab keeps its own, a dead one's are taken by one tab only", async () => {
    const board = shelf();
    const locks = new Locks();
    new ShelfKeep("a", board, locks.of("a")).save([item("1"), item("2")]);
    const b = new ShelfKeep("b", board, locks.of("b"));
    expect(await adopted(b)).toEqual([]);
    locks.close("a");
    const c = new ShelfKeep("c", board, locks.of("c"));
    const both = await Promise.all([adopted(b), adopted(c)]);
    expect(both.flat()).toEqual(["1", "2"]);
    expect(await adopted(c)).toEqual([]);
  });

  test("an empty outbox leaves nothing behind and holds nothing", async () => {
    const board = shelf();
    const locks = new Locks();
    const a = new ShelfKeep("a", board, locks.of("a"));
    a.save([item("1")]);
    a.save([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(board.keys()).toEqual([]);
    expect(locks.held.size).toBe(0);
  });

  test("leftovers are handed over before they are removed", async () => {
    const board = shelf();
    const locks = new Locks();
    new ShelfKeep("a", board, locks.of("a")).save([item("1")]);
    locks.close("a");
    let there = false;
    await new ShelfKeep("b", board, locks.of("b")).adopt(() => {
      there = board.keys().length === 1;
    }, NOW);
    expect(there).toBe(true);
    expect(board.keys()).toEqual([]);
  });
});

test("without locks a tab that stopped signing is dead", async () => {
  const board = shelf();
  new ShelfKeep("a", board, undefined).save([item("1")]);
  const b = new ShelfKeep("b", board, undefined);
  expect(await adopted(b, NOW + 20_000)).toEqual([]);
  expect(await adopted(b, NOW + 40_000)).toEqual(["1"]);
});

test("what is half a day old, or not ours, is dropped", async () => {
  const board = shelf();
  board.setItem("majlis.outbox.x", JSON.stringify({ at: 0, items: [item("old", NOW - 13 * 3_600_000), item("new")] }));
  board.setItem("majlis.outbox.y", "{broken");
  board.setItem("majlis.outbox.z", JSON.stringify({ at: 0, items: [{ id: 1 }] }));
  board.setItem("other", "1");
  expect(await adopted(new ShelfKeep("b", board, undefined))).toEqual(["new"]);
  expect(board.keys()).toEqual(["other"]);
});

test("a shelf that throws does not stop the page", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const board = {
    ...shelf(),
    length: 0,
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(() => new ShelfKeep("a", board, undefined).save([item("1")])).not.toThrow();
});
