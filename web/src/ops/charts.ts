import { bytes, duration, short } from "./format.ts";
import type { Line } from "./history.ts";
import { APPEND_LIMIT, DELIVERY_LIMIT } from "./judge.ts";

export interface LineOf {
  readonly line: Line;
  readonly words:
    | "websocket"
    | "sse"
    | "accepted"
    | "refused"
    | "retried"
    | "p50"
    | "p99"
    | "frames"
    | "written"
    | "bytes";
  /** Lines are told apart by dash and width, not by colour alone. */
  readonly look: "main" | "second" | "third";
}

export interface ChartOf {
  readonly name: "connections" | "commands" | "append" | "delivery" | "frames" | "bytes";
  readonly lines: readonly LineOf[];
  readonly format: (n: number) => string;
  /** Latencies span decades: theirs is logarithmic, so the limit is always in sight. */
  readonly scale: "linear" | "log";
  readonly limit?: number;
  readonly table: "most" | "mean";
}

const latency = { scale: "log", format: duration, table: "most" } as const;
const rate = { scale: "linear", format: short, table: "mean" } as const;

export const charts: readonly ChartOf[] = [
  {
    name: "connections",
    lines: [
      { line: "websocket", words: "websocket", look: "main" },
      { line: "sse", words: "sse", look: "second" },
    ],
    ...rate,
    table: "most",
  },
  {
    name: "delivery",
    lines: [
      { line: "deliveryP99", words: "p99", look: "main" },
      { line: "deliveryP50", words: "p50", look: "second" },
    ],
    ...latency,
    limit: DELIVERY_LIMIT,
  },
  {
    name: "append",
    lines: [
      { line: "appendP99", words: "p99", look: "main" },
      { line: "appendP50", words: "p50", look: "second" },
    ],
    ...latency,
    limit: APPEND_LIMIT,
  },
  {
    name: "commands",
    lines: [
      { line: "accepted", words: "accepted", look: "main" },
      { line: "refused", words: "refused", look: "second" },
      { line: "retried", words: "retried", look: "third" },
    ],
    ...rate,
  },
  {
    name: "frames",
    lines: [
      { line: "written", words: "written", look: "main" },
      { line: "frames", words: "frames", look: "second" },
    ],
    ...rate,
  },
  { name: "bytes", lines: [{ line: "bytes", words: "bytes", look: "main" }], ...rate, format: bytes },
];
