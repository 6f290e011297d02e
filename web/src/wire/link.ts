import type { ClientFrame, HelloFrame, ServerFrame } from "./frames.ts";

/** One attempt at a connection, whatever carries it. Dead once `closed` was called. */
export interface Link {
  /** Hands a frame to the carrier; false if it could not be handed over. */
  send(frame: ClientFrame): boolean;
  /** Ends it without a call of `closed`. */
  close(): void;
}

/** What a link tells its owner. `ready` comes once, before any frame; `closed` once, last. */
export interface LinkEvents {
  ready(hello: HelloFrame): void;
  frame(frame: ServerFrame): void;
  /** `after`: the hub said to come back in so many milliseconds. */
  closed(code: number, reason: string, after?: number): void;
}

/** Why a link was closed that found nobody at all: it says nothing about what passes here. */
export const UNREACHABLE = "unreachable";

/** Opens a link. Must not call back before it has returned. */
export type Dial = (device: string, events: LinkEvents) => Link;
