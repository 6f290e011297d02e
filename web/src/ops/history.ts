import { type Latency, type Numbers, sum } from "./numbers.ts";

/** Seconds that are kept: what the charts show. In memory only. */
export const KEPT = 15 * 60;
/** Milliseconds between two points behind which there is a hole: the hub was not heard. */
const HOLE = 3_500;

/**
 * What is drawn of one answer. Rates are per second, made of two answers;
 * latencies in milliseconds. Null where there is nothing to say: no samples, no
 * answer before this one, or a counter that went back since the hub restarted.
 */
export interface Point {
  /** Seconds since 1970, this device's clock: the axis must not jump when the hub's is set. */
  readonly time: number;
  readonly connections: number | null;
  readonly websocket: number | null;
  readonly sse: number | null;
  readonly other: number | null;
  readonly accepted: number | null;
  readonly refused: number | null;
  readonly retried: number | null;
  readonly failed: number | null;
  readonly frames: number | null;
  readonly written: number | null;
  readonly bytes: number | null;
  readonly appendP50: number | null;
  readonly appendP99: number | null;
  readonly deliveryP50: number | null;
  readonly deliveryP99: number | null;
}

export type Line = Exclude<keyof Point, "time">;

export interface History {
  readonly points: readonly Point[];
  readonly last: Numbers | undefined;
  /** When the last answer came, this device's milliseconds; 0 for never. */
  readonly heard: number;
  /** When the hub was seen to have started anew, this device's milliseconds; 0 for never. */
  readonly restarted: number;
}

export const NOTHING: History = { points: [], last: undefined, heard: 0, restarted: 0 };

/** The history with one more answer that came at `now`. */
export function take(before: History, n: Numbers, now: number): History {
  const { last } = before;
  const again = last !== undefined && restartedSince(last, n);
  const point = pointOf(again ? undefined : last, n, now);
  const hole = before.heard > 0 && now - before.heard > HOLE ? [holeAt(before.heard + 1_000)] : [];
  const from = now / 1_000 - KEPT;
  return {
    points: [...before.points, ...hole, point].filter((p) => p.time >= from),
    last: n,
    heard: now,
    restarted: again ? now : before.restarted,
  };
}

/** A process that is younger than the one before, or that has counted less, is another one. */
function restartedSince(a: Numbers, b: Numbers): boolean {
  const counters = (n: Numbers): number[] => [n.uptime, n.accepted, n.commands.accepted, n.published.frames];
  const old = counters(a);
  return counters(b).some((value, i) => value < (old[i] ?? 0));
}

function pointOf(before: Numbers | undefined, n: Numbers, now: number): Point {
  // The process's own clock: a slow network must not look like a slow hub.
  const seconds = before ? n.uptime - before.uptime : 0;
  const rate = (read: (n: Numbers) => number): number | null =>
    before && seconds > 0 ? Math.max(0, read(n) - read(before)) / seconds : null;
  const { websocket = 0, sse = 0 } = n.connections;
  const connections = sum(n.connections);
  return {
    time: now / 1_000,
    connections,
    websocket,
    sse,
    other: connections - websocket - sse,
    accepted: rate((x) => x.commands.accepted + x.commands.again),
    refused: rate((x) => x.commands.refused),
    retried: rate((x) => x.commands.retried),
    failed: rate((x) => x.failed),
    frames: rate((x) => x.published.frames),
    written: rate((x) => x.published.readers),
    bytes: rate((x) => x.published.bytes),
    ...latencies("append", n.append),
    ...latencies("delivery", n.delivery),
  } as Point;
}

function latencies(name: string, l: Latency): Record<string, number | null> {
  const heard = l.samples > 0;
  return { [`${name}P50`]: heard ? l.p50 : null, [`${name}P99`]: heard ? l.p99 : null };
}

function holeAt(ms: number): Point {
  const none: Record<Line, null> = {
    connections: null,
    websocket: null,
    sse: null,
    other: null,
    accepted: null,
    refused: null,
    retried: null,
    failed: null,
    frames: null,
    written: null,
    bytes: null,
    appendP50: null,
    appendP99: null,
    deliveryP50: null,
    deliveryP99: null,
  };
  return { time: ms / 1_000, ...none };
}

/** The mean of a line over its last `seconds`; null if nothing was said in them. */
export function recent(points: readonly Point[], line: Line, seconds: number): number | null {
  const from = (points.at(-1)?.time ?? 0) - seconds;
  return mean(points.filter((p) => p.time > from).map((p) => p[line]));
}

export function most(points: readonly Point[], line: Line): number | null {
  return highest(points.map((p) => p[line]));
}

export interface Minute {
  /** Seconds since 1970, at which it begins. */
  readonly time: number;
  readonly values: readonly (number | null)[];
}

/** Lines minute by minute, the newest first: the most of each, or the mean. */
export function minutes(points: readonly Point[], lines: readonly Line[], how: "most" | "mean"): Minute[] {
  const groups = new Map<number, Point[]>();
  for (const p of points) {
    const minute = Math.floor(p.time / 60) * 60;
    const group = groups.get(minute);
    if (group) group.push(p);
    else groups.set(minute, [p]);
  }
  const fold = how === "most" ? highest : mean;
  return [...groups]
    .sort(([a], [b]) => b - a)
    .map(([time, group]) => ({ time, values: lines.map((line) => fold(group.map((p) => p[line]))) }));
}

const said = (values: readonly (number | null)[]): number[] => values.filter((v) => v !== null);

function mean(values: readonly (number | null)[]): number | null {
  const known = said(values);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

function highest(values: readonly (number | null)[]): number | null {
  const known = said(values);
  return known.length === 0 ? null : Math.max(...known);
}
