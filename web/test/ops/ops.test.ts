import { describe, expect, it, vi } from "vitest";
import { type History, KEPT, minutes, NOTHING, recent, take } from "../../src/ops/history.ts";
import { judgeAge, judgeCommands, judgeLatency, judgeRefusals } from "../../src/ops/judge.ts";
import type { Numbers } from "../../src/ops/numbers.ts";
import { tilesOf, worst } from "../../src/ops/tiles.ts";

const START = 1_800_000_000_000;

function numbers(uptime: number, more: Partial<Numbers> = {}): Numbers {
  return {
    at: START + uptime * 1_000,
    uptime,
    version: "1",
    connections: { websocket: 10, sse: 2 },
    accepted: uptime,
    closed: {},
    commands: { accepted: uptime * 8, again: uptime * 2, refused: uptime, retried: 0 },
    append: { p50: 1, p99: 4, samples: 9 },
    delivery: { p50: 2, p99: 8, samples: 9 },
    published: { frames: uptime * 5, bytes: uptime * 500, readers: uptime * 50 },
    catchups: { encoded: 0, shared: 0 },
    lost: 0,
    failed: 0,
    limited: {},
    goroutines: 1,
    heap: 1,
    nodes: [],
    ...more,
  };
}

const history = (...answers: readonly [seconds: number, n: Numbers][]): History =>
  answers.reduce((h, [seconds, n]) => take(h, n, START + seconds * 1_000), NOTHING);

describe("the history", () => {
  it("knows no rate after one answer", () => {
    const [point] = history([0, numbers(100)]).points;
    expect(point).toMatchObject({ connections: 12, websocket: 10, accepted: null, bytes: null, appendP99: 4 });
  });
  it("makes rates of two, by the hub's own clock", () => {
    const h = history([0, numbers(100)], [1.5, numbers(101)]);
    expect(h.points.at(-1)).toMatchObject({ accepted: 10, refused: 1, frames: 5, written: 50, bytes: 500 });
  });
  it("knows no rate across a restart, and says when it was", () => {
    const h = history([0, numbers(100)], [1, numbers(0.5)], [2, numbers(1.5)]);
    expect(h.points.map((p) => p.accepted)).toEqual([null, null, 10]);
    expect(h.restarted).toBe(START + 1_000);
  });
  it("sees a restart that was quick by a counter that went back", () => {
    const h = history([0, numbers(100)], [1, numbers(101, { accepted: 3 })]);
    expect(h.restarted).toBe(START + 1_000);
  });
  it("has a hole where the hub was not heard", () => {
    const h = history([0, numbers(1)], [1, numbers(2)], [9, numbers(10)]);
    expect(h.points.map((p) => p.connections)).toEqual([12, 12, null, 12]);
  });
  it("forgets what is older than it keeps", () => {
    const h = history([0, numbers(1)], [1, numbers(2)], [KEPT + 0.5, numbers(KEPT)]);
    expect(h.points.at(0)?.time).toBe(START / 1_000 + 1);
  });
  it("says nothing of latencies without samples", () => {
    const h = history([0, numbers(1, { append: { p50: 0, p99: 0, samples: 0 } })]);
    expect(h.points[0]).toMatchObject({ appendP50: null, appendP99: null, deliveryP99: 8 });
  });
  it("steadies a rate over the last seconds", () => {
    const h = history(
      [0, numbers(0)],
      [1, numbers(1)],
      [2, numbers(2, { accepted: 2, commands: { accepted: 8, again: 2, refused: 1, retried: 0 } })],
    );
    expect(recent(h.points, "accepted", 5)).toBe(5);
    expect(recent(h.points, "accepted", 1)).toBe(0);
  });
});

describe("minute by minute", () => {
  const base = Math.floor(START / 60_000) * 60;
  const points = [5, 20, 65].map((s, i) => ({
    ...history([s, numbers(1)]).points[0],
    time: base + s,
    refused: [2, 4, null][i] ?? null,
  }));
  it("is the most or the mean of each, the newest first", () => {
    const all = points as never;
    expect(minutes(all, ["refused"], "most")).toEqual([
      { time: base + 60, values: [null] },
      { time: base, values: [4] },
    ]);
    expect(minutes(all, ["refused"], "mean").at(-1)?.values).toEqual([3]);
  });
});

describe("a state", () => {
  it("of a latency follows its limit", () =>
    expect([null, 250, 251, 2_501].map((p99) => judgeLatency(p99, 250))).toEqual(["quiet", "ok", "slow", "down"]));
  it("of writes that fail is down, however quick the others are", () => expect(judgeLatency(3, 250, 0.2)).toBe("down"));
  it("of commands that must be sent again is slow, and down when none gets through", () => {
    expect(judgeCommands(null, null)).toBe("quiet");
    expect(judgeCommands(9, 0)).toBe("ok");
    expect(judgeCommands(9, 1)).toBe("slow");
    expect(judgeCommands(0, 1)).toBe("down");
  });
  it("of refusals is slow once they outnumber what is accepted", () => {
    expect(judgeRefusals(0.5, 0)).toBe("ok");
    expect(judgeRefusals(5, 9)).toBe("ok");
    expect(judgeRefusals(12, 9)).toBe("slow");
  });
  it("of the age turns within seconds", () =>
    expect([1_000, 4_000, 7_000].map(judgeAge)).toEqual(["ok", "slow", "down"]));
  it("of a hub that is gone is unknown but for the age", () => {
    vi.stubGlobal("navigator", { languages: ["en"] });
    const tiles = tilesOf(history([0, numbers(1)], [1, numbers(2)]), 60_000, true);
    expect(tiles.map((x) => [x.state, x.value === "–"])).toEqual([
      ...Array.from({ length: 5 }, () => ["unknown", true]),
      ["down", false],
    ]);
    expect(worst(tiles)).toBe("down");
  });
});
