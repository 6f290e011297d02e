/**
 * The frames of majlis.v1. One connection's life:
 *
 *   client                          server
 *     hello {device}          ──▶
 *                             ◀──   hello {beat}
 *     watch {topic, role, my position}  ──▶
 *                             ◀──   patch + mine      (always both, maybe empty)
 *     do {id, n, seen, cmd}   ──▶
 *                             ◀──   mine + ack | refuse | retry
 *                             ◀──   patch, pulse, beat …
 *                             ◀──   bye {retry}, then close 1012
 */

export type Role = "attendee" | "screen" | "moderator" | "translator" | "stage" | "organiser";

/** What a role sees of a topic, or a change to it: kind → id → entity; null means gone. */
export type Doc = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A place in a topic's history. An empty epoch with offset 0 is "nothing yet". */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
  readonly h: string;
}

export type Command = Readonly<{ type: string } & Record<string, unknown>>;

export interface WatchFrame {
  readonly t: "watch";
  readonly topic: string;
  readonly role: Role;
  readonly view?: number;
  readonly epoch?: string;
  readonly offset?: number;
  readonly h?: string;
  readonly mine?: number;
}

export interface DoFrame {
  readonly t: "do";
  readonly id: string;
  readonly dev: string;
  readonly n: number;
  readonly seen: number;
  readonly topic: string;
  readonly cmd: Command;
}

export type ClientFrame =
  | { readonly t: "hello"; readonly v: 1; readonly device: string }
  | WatchFrame
  | { readonly t: "unwatch"; readonly topic: string }
  | DoFrame
  | { readonly t: "react"; readonly topic: string; readonly kind: string }
  | { readonly t: "beat" };

export interface HelloFrame {
  readonly t: "hello";
  readonly v: number;
  readonly node: string;
  readonly version: string;
  /** Seconds within which an idle server sends a beat. */
  readonly beat: number;
}

export interface PatchFrame {
  readonly t: "patch";
  readonly topic: string;
  readonly view: number;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly h: string;
  readonly doc: Doc;
}

export interface MineFrame {
  readonly t: "mine";
  readonly topic: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly h: string;
  readonly doc: Doc;
}

export interface AckFrame {
  readonly t: "ack";
  readonly id: string;
  readonly topic: string;
  readonly epoch: string;
  readonly offset: number;
  /** How safe it is: embedded, redis-memory, redis-disk, redis-replicated. */
  readonly level: string;
  readonly again?: true;
}

export interface RefuseFrame {
  readonly t: "refuse";
  readonly id: string;
  readonly topic: string;
  readonly offset: number;
  readonly reason: string;
}

export interface ErrorFrame {
  readonly t: "error";
  readonly reason: string;
  readonly topic?: string;
  readonly detail?: string;
}

export interface PulseFrame {
  readonly t: "pulse";
  readonly topic: string;
  /** Missing: hidden from this role. */
  readonly online?: number;
  /** Feelings since the last pulse. */
  readonly reactions?: Readonly<Record<string, number>>;
  /** Who finds it so now; missing: nobody. */
  readonly pace?: Readonly<Record<string, number>>;
}

export interface ByeFrame {
  readonly t: "bye";
  readonly reason: string;
  /** Milliseconds, from and to: come back at random in between. */
  readonly retry: readonly [number, number];
}

export type ServerFrame =
  | HelloFrame
  | PatchFrame
  | MineFrame
  | AckFrame
  | RefuseFrame
  | { readonly t: "retry"; readonly id: string; readonly after: number }
  | ErrorFrame
  | PulseFrame
  | { readonly t: "beat"; readonly at: number }
  | ByeFrame;
