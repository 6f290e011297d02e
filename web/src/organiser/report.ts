/** What the hub says of a programme's file: POST …/programme. Times are milliseconds since 1970, or RFC 3339. */
export interface Report {
  readonly file: string;
  readonly format: string;
  readonly zone: string;
  readonly days: number;
  readonly rooms: number;
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
  readonly warnings: readonly Warning[];
  readonly diff?: Difference;
  readonly applied?: boolean;
}

export interface Warning {
  /** From 1; 0 means the whole file. */
  readonly line: number;
  /** One of the hub's closed set; empty for what only this page knows. */
  readonly kind: string;
  /** In the file; line and text are of the first. */
  readonly times: number;
  readonly text: string;
}

export interface Difference {
  readonly added: readonly Ref[];
  readonly moved: readonly Move[];
  readonly roomChanged: readonly Move[];
  readonly renamed: readonly Rename[];
  readonly edited: readonly Ref[];
  readonly cancelled: readonly Ref[];
  readonly restored: readonly Ref[];
  readonly unchanged: number;
}

export interface Ref {
  readonly id: string;
  readonly title: string;
}

export interface Slot {
  readonly start: number;
  readonly end: number;
  readonly room: string;
}

export interface Move extends Ref {
  readonly was: Slot;
  readonly now: Slot;
}

export interface Rename extends Ref {
  readonly was: string;
}

export const kinds = ["added", "moved", "renamed", "edited", "cancelled", "restored"] as const;
export type Kind = (typeof kinds)[number];

export type Change = Ref & { readonly was?: Slot | string; readonly now?: Slot };

/** The changes of one kind. Another time and another room of one session are one move. */
export function changes(diff: Difference, kind: Kind): readonly Change[] {
  if (kind !== "moved") return diff[kind];
  const both = new Map([...diff.moved, ...diff.roomChanged].map((m) => [m.id, m]));
  return [...both.values()].sort((a, b) => a.now.start - b.now.start || (a.id < b.id ? -1 : 1));
}

/** How many sessions would be touched; one that is moved and renamed counts once. */
export function touched(diff: Difference): number {
  return new Set(kinds.flatMap((kind) => changes(diff, kind).map((c) => c.id))).size;
}

/** What this page itself says against a file. */
export const said = (text: string): Warning => ({ line: 0, kind: "", times: 1, text });

/** Why the hub refused a file. Its detail begins with the line, which stands beside it. */
export function readRefusal({ line, kind }: Readonly<Record<string, unknown>>, detail: string): Warning {
  return {
    line: typeof line === "number" ? line : 0,
    kind: typeof kind === "string" ? kind : "",
    times: 1,
    text: detail.replace(/^line \d+: /, ""),
  };
}
