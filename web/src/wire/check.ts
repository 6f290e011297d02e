import type { ServerFrame } from "./frames.ts";

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (v: unknown): boolean => typeof v === "string";
const whole = (v: unknown): boolean => typeof v === "number" && Number.isSafeInteger(v) && v >= 0;
const object = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);
const maybe =
  (of: (v: unknown) => boolean) =>
  (v: unknown): boolean =>
    v === undefined || of(v);
const doc = (v: unknown): boolean => object(v) && Object.values(v).every(object);
const span = (v: unknown): boolean => Array.isArray(v) && v.length === 2 && v.every(whole) && v[0] <= v[1];
const counts = (v: unknown): boolean => object(v) && Object.values(v).every(whole);

const stretch: Shape = { topic: text, epoch: text, from: whole, to: whole, h: text, doc };

const shapes: Readonly<Record<ServerFrame["t"], Shape>> = {
  hello: { v: whole, node: text, version: text, beat: whole },
  patch: { ...stretch, view: whole },
  mine: stretch,
  ack: { id: text, topic: text, epoch: text, offset: whole, level: text, again: maybe((v) => v === true) },
  refuse: { id: text, topic: text, offset: whole, reason: text },
  retry: { id: text, after: whole },
  error: { reason: text, topic: maybe(text), detail: maybe(text) },
  pulse: { topic: text, online: maybe(whole), reactions: maybe(counts), pace: maybe(counts) },
  beat: { at: whole },
  bye: { reason: text, retry: span },
};

/**
 * The one place that decides whether something is a server frame. Fields that
 * are not known here are let through: a newer server may say more.
 */
export function isServerFrame(v: unknown): v is ServerFrame {
  if (!object(v) || typeof v["t"] !== "string" || !Object.hasOwn(shapes, v["t"])) return false;
  const shape = shapes[v["t"] as ServerFrame["t"]];
  return Object.entries(shape).every(([field, fits]) => fits(v[field]));
}

/**
 * The frames of one message: JSON objects separated by newlines. What is not a
 * frame goes to `bad` and the rest is still read.
 */
export function readFrames(message: string, bad: (line: string) => void): ServerFrame[] {
  const frames: ServerFrame[] = [];
  for (const line of message.split("\n")) {
    if (line.trim() === "") continue;
    const value = parse(line);
    if (isServerFrame(value)) frames.push(value);
    else bad(line);
  }
  return frames;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
