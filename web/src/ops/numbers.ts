/** What /ops/data.json holds. What counts up does so since the process began. */
export interface Numbers {
  /** Milliseconds since 1970, the hub's clock. */
  readonly at: number;
  /** Seconds. */
  readonly uptime: number;
  readonly version: string;
  /** Open now, by transport. */
  readonly connections: Readonly<Record<string, number>>;
  readonly accepted: number;
  readonly closed: Readonly<Record<string, number>>;
  readonly commands: {
    readonly accepted: number;
    readonly again: number;
    readonly refused: number;
    readonly retried: number;
  };
  readonly append: Latency;
  readonly delivery: Latency;
  readonly published: { readonly frames: number; readonly bytes: number; readonly readers: number };
  readonly catchups: { readonly encoded: number; readonly shared: number };
  readonly lost: number;
  readonly failed: number;
  readonly limited: Readonly<Record<string, number>>;
  readonly goroutines: number;
  /** Bytes. */
  readonly heap: number;
  /** All that use the same store, this one too. */
  readonly nodes: readonly Node[];
}

export interface Node {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly connections: number;
  /** It takes people. */
  readonly ready: boolean;
}

/** Of the last 30 to 60 s; milliseconds, 0 without samples. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
}

export const sum = (of: Readonly<Record<string, number>>): number => Object.values(of).reduce((a, b) => a + b, 0);
