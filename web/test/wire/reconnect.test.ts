import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientFrame } from "../../src/wire/frames.ts";
import { type Dial, type LinkEvents, UNREACHABLE } from "../../src/wire/link.ts";
import { Line, type LineState } from "../../src/wire/reconnect.ts";

const HELLO = { t: "hello", v: 1, node: "a", version: "x", beat: 25 } as const;

/** A carrier whose other end the test plays. */
class Carrier {
  readonly dialled: LinkEvents[] = [];
  readonly sent: ClientFrame[] = [];
  open = false;
  readonly dial: Dial = (_device, events) => {
    this.dialled.push(events);
    this.open = true;
    return {
      send: (frame) => {
        if (this.open) this.sent.push(frame);
        return this.open;
      },
      close: () => {
        this.open = false;
      },
    };
  };

  get last(): LinkEvents {
    const events = this.dialled.at(-1);
    if (!events) throw new Error("not dialled");
    return events;
  }
}

function start(random = 0.5) {
  const socket = new Carrier();
  const events = new Carrier();
  const states: LineState[] = [];
  const ups: number[] = [];
  const memory = { useEvents: false };
  const line = new Line(
    {
      device: "d",
      socket: socket.dial,
      events: () => Promise.resolve(events.dial),
      random: () => random,
      memory: {
        read: () => memory.useEvents,
        write: (on) => {
          memory.useEvents = on;
        },
      },
    },
    { up: () => ups.push(Date.now()), frame: () => undefined, state: (s) => states.push(s) },
  );
  line.start();
  return { line, socket, events, states, ups, memory };
}

/** Lets the wait pass that the line is in, and says how long it was. */
async function waited(line: Line): Promise<number> {
  if (line.state.phase !== "waiting") throw new Error(`the line is ${line.state.phase}`);
  const ms = line.state.until - Date.now();
  await vi.advanceTimersByTimeAsync(ms);
  return ms;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a line", () => {
  test("is live with the hello and says so", () => {
    const { line, socket, ups } = start();
    expect(line.state.phase).toBe("connecting");
    expect(line.send({ t: "beat" })).toBe(false);
    socket.last.ready(HELLO);
    expect(line.state.phase).toBe("live");
    expect(ups).toHaveLength(1);
    expect(line.send({ t: "beat" })).toBe(true);
  });

  test("waits longer after each failure, by full jitter", async () => {
    const { line, socket } = start(0.5);
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      socket.last.ready(HELLO);
      socket.last.closed(1006, "");
      waits.push(await waited(line));
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  });

  test("starts small again after a link that lived", async () => {
    const { line, socket } = start(0.5);
    for (let i = 0; i < 3; i++) {
      socket.last.ready(HELLO);
      socket.last.closed(1006, "");
      await waited(line);
    }
    socket.last.ready(HELLO);
    await vi.advanceTimersByTimeAsync(11_000);
    socket.last.closed(1006, "");
    expect(await waited(line)).toBe(500);
  });

  test("comes when the hub says, a little later each, and doubts no carrier", async () => {
    const { line, socket, events } = start(0.5);
    for (let i = 0; i < 5; i++) {
      socket.last.closed(1006, "", 4_000);
      expect(line.state).toMatchObject({ phase: "waiting", turn: true });
      line.poke();
      expect(await waited(line)).toBe(5_000);
    }
    expect(socket.dialled).toHaveLength(6);
    expect(events.dialled).toHaveLength(0);
    socket.last.ready(HELLO);
    socket.last.closed(1006, "");
    expect(line.state).toMatchObject({ phase: "waiting", turn: false });
    expect(await waited(line)).toBe(500);
  });

  test("obeys bye, and a wake-up does not shorten it", async () => {
    const { line, socket } = start(0.5);
    socket.last.ready(HELLO);
    socket.last.frame({ t: "bye", reason: "restart", retry: [500, 8_000] });
    socket.last.closed(1012, "restart");
    if (line.state.phase !== "waiting") throw new Error(line.state.phase);
    expect(line.state.until - Date.now()).toBe(4_250);
    line.poke();
    expect(line.state.until - Date.now()).toBe(4_250);
    await vi.advanceTimersByTimeAsync(4_250);
    expect(socket.dialled).toHaveLength(2);
  });

  test("stops at a final code", async () => {
    const { line, socket } = start();
    socket.last.ready(HELLO);
    socket.last.closed(4500, "bad-pass");
    expect(line.state).toEqual({ phase: "ended", reason: "bad-pass" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.dialled).toHaveLength(1);
  });

  test("a wake-up while waiting dials within a second", async () => {
    const { line, socket } = start(0.99);
    socket.last.ready(HELLO);
    socket.last.closed(1013, "overloaded");
    line.poke();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.dialled).toHaveLength(2);
  });
});

describe("the heartbeat", () => {
  test("asks when it is quiet for longer than a beat, and keeps a link that answers", async () => {
    const { line, socket } = start();
    socket.last.ready(HELLO);
    await vi.advanceTimersByTimeAsync(36_000);
    expect(socket.sent).toContainEqual({ t: "beat" });
    socket.last.frame({ t: "beat", at: 1 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(line.state.phase).toBe("live");
  });

  test("drops a link that does not answer", async () => {
    const { line, socket } = start();
    socket.last.ready(HELLO);
    await vi.advanceTimersByTimeAsync(41_000);
    expect(line.state.phase).not.toBe("live");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.dialled).toHaveLength(2);
  });

  test("goes by the wall clock: after a sleep it does not ask, it dials", () => {
    const { line, socket } = start();
    socket.last.ready(HELLO);
    vi.setSystemTime(Date.now() + 600_000);
    line.poke();
    expect(socket.sent).toEqual([]);
    expect(line.state.phase).toBe("waiting");
  });

  test("a poke is answered within four seconds or the link is gone", async () => {
    const { line, socket } = start();
    socket.last.ready(HELLO);
    await vi.advanceTimersByTimeAsync(1_000);
    line.poke();
    await vi.advanceTimersByTimeAsync(3_900);
    expect(line.state.phase).toBe("live");
    await vi.advanceTimersByTimeAsync(200);
    expect(line.state.phase).toBe("waiting");
  });
});

describe("where WebSockets do not pass", () => {
  test("two failed upgrades bring server-sent events, which are remembered once they carry something", async () => {
    const { socket, events, memory, line } = start(0.1);
    socket.last.closed(1006, "");
    await vi.advanceTimersByTimeAsync(1_000);
    socket.last.closed(1006, "");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(events.dialled).toHaveLength(1);
    events.last.ready(HELLO);
    expect(memory.useEvents).toBe(false);
    events.last.frame({ t: "beat", at: 1 });
    expect(memory.useEvents).toBe(true);
    expect(line.state.phase).toBe("live");
  });

  test("no hello in time counts as two", async () => {
    const { events } = start(0.1);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(events.dialled).toHaveLength(1);
  });

  test("events that fail too go back to WebSockets", async () => {
    const { socket, events, memory } = start(0.1);
    memory.useEvents = true;
    socket.last.closed(1006, "");
    await vi.advanceTimersByTimeAsync(1_000);
    events.last.closed(1006, "");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(memory.useEvents).toBe(false);
    expect(socket.dialled).toHaveLength(2);
  });

  test("events that carried something are believed once more, not twice", async () => {
    const { line, socket, events, memory } = start(0.1);
    memory.useEvents = true;
    line.start();
    await vi.advanceTimersByTimeAsync(0);
    for (const dialled of [2, 2]) {
      expect(socket.dialled).toHaveLength(1);
      events.last.ready(HELLO);
      events.last.frame({ t: "beat", at: 1 });
      events.last.closed(1006, "");
      await waited(line);
      expect(events.dialled).toHaveLength(dialled);
    }
    expect(socket.dialled).toHaveLength(2);
  });

  test("a hub that cannot be reached says nothing about what passes", async () => {
    const { line, socket, events, memory } = start(0.1);
    memory.useEvents = true;
    line.start();
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 3; i++) {
      events.last.closed(1006, UNREACHABLE);
      await waited(line);
    }
    expect(memory.useEvents).toBe(true);
    expect(events.dialled).toHaveLength(4);
    expect(socket.dialled).toHaveLength(1);
  });

  test("nor does it keep those on events whom WebSockets served", async () => {
    const { line, socket, events } = start(0.1);
    socket.last.closed(1006, "");
    await waited(line);
    socket.last.closed(1006, "");
    await waited(line);
    events.last.closed(1006, UNREACHABLE);
    await waited(line);
    expect(socket.dialled).toHaveLength(3);
  });

  test("a refusal with a code shows that sockets pass", async () => {
    const { line, socket, events } = start(0.1);
    for (let i = 0; i < 4; i++) {
      socket.last.closed(1013, "overloaded");
      await waited(line);
    }
    expect(events.dialled).toHaveLength(0);
  });

  test("sockets that open and then break do not", async () => {
    const { line, socket, events } = start(0.1);
    for (let i = 0; i < 4; i++) {
      socket.last.ready(HELLO);
      socket.last.closed(1006, "");
      await waited(line);
    }
    expect(events.dialled).toHaveLength(0);
    expect(socket.dialled).toHaveLength(5);
  });
});

test("what a dropped link says later is not heard", async () => {
  const { line, socket } = start(0.5);
  const first = socket.last;
  first.closed(1006, "");
  await vi.advanceTimersByTimeAsync(1_000);
  first.ready(HELLO);
  first.closed(4500, "bad-pass");
  expect(line.state.phase).toBe("connecting");
});
