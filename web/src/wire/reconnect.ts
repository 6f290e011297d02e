import { backoff, judge } from "./backoff.ts";
import type { ByeFrame, ClientFrame, HelloFrame, ServerFrame } from "./frames.ts";
import { type Dial, type Link, UNREACHABLE } from "./link.ts";

/** Milliseconds. */
const HELLO_WITHIN = 8_000;
const PROBE_WITHIN = 4_000;
const CHECK_EVERY = 5_000;
/** A link that lived this long was a good one: the next wait starts small again. */
const GOOD_AFTER = 10_000;
const SLOW_FLOOR = 3_000;
/** Failed upgrades in a row before the line tries server-sent events. */
const PATIENCE = 2;

export type LineState =
  | { readonly phase: "connecting" | "live" }
  /** `turn`: the hub is there and said when to come. */
  | { readonly phase: "waiting"; readonly until: number; readonly turn?: boolean }
  | { readonly phase: "ended"; readonly reason: string };

export interface LineEvents {
  /** A link is ready; nothing is watched on it yet. */
  up(hello: HelloFrame): void;
  frame(frame: ServerFrame): void;
  state(state: LineState): void;
}

export interface LineOptions {
  readonly device: string;
  readonly socket: Dial;
  /** Loaded when first needed: most halls let WebSockets pass. */
  readonly events: () => Promise<Dial>;
  readonly random: () => number;
  /** The tab's memory of which carrier worked. */
  readonly memory: { read(): boolean; write(useEvents: boolean): void };
}

/**
 * A link that comes back: dials, watches its heartbeat by the wall clock (timers
 * of a suspended phone stand still), waits with full jitter, obeys `bye` and a hub
 * that says when to come, stops at a final close code, and changes the carrier when WebSockets do not pass.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #events: LineEvents;
  #state: LineState = { phase: "connecting" };
  #link: Link | undefined;
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setInterval> | undefined;
  #heard = 0;
  #since = 0;
  #beat = 20_000;
  #attempt = 0;
  #failures = 0;
  /** The link over events has carried a frame. */
  #carried = false;
  /** Links over events in a row that carried something and did not live long. */
  #broken = 0;
  #bye: ByeFrame["retry"] | undefined;
  #bound = false;

  constructor(options: LineOptions, events: LineEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): LineState {
    return this.#state;
  }

  /** Dials for the first time, or anew after the end. */
  start(): void {
    this.#attempt = 0;
    void this.#dial();
  }

  stop(): void {
    this.#drop();
    this.#set({ phase: "ended", reason: "" });
  }

  /** False if there is no live link or it did not take the frame. */
  send(frame: ClientFrame): boolean {
    return this.#state.phase === "live" && this.#link?.send(frame) === true;
  }

  /** Something happened that may have cut or mended the line: look now. */
  poke(): void {
    if (this.#state.phase === "live") this.#probe(PROBE_WITHIN);
    else if (this.#state.phase === "waiting" && !this.#bound) this.#wait(backoff(0, this.#options.random));
  }

  async #dial(): Promise<void> {
    this.#drop();
    const round = this.#round;
    this.#set({ phase: "connecting" });
    const useEvents = this.#options.memory.read() || this.#failures >= PATIENCE;
    this.#timer = setTimeout(() => this.#failed(PATIENCE, useEvents), HELLO_WITHIN);
    const dial = useEvents ? await this.#load() : this.#options.socket;
    if (round !== this.#round) return;
    if (!dial) return this.#failed(1, useEvents);
    let ready = false;
    this.#link = dial(this.#options.device, {
      ready: (hello) => {
        if (round !== this.#round) return;
        ready = true;
        this.#up(hello, useEvents);
      },
      frame: (frame) => {
        if (round === this.#round) this.#frame(frame, useEvents);
      },
      closed: (code, reason, after) => {
        if (round !== this.#round) return;
        if (after === undefined) this.#closed(code, reason, ready, useEvents);
        else this.#wait(after * (1 + this.#options.random() / 2), true, true);
      },
    });
  }

  async #load(): Promise<Dial | undefined> {
    try {
      return await this.#options.events();
    } catch {
      return undefined;
    }
  }

  #up(hello: HelloFrame, useEvents: boolean): void {
    clearTimeout(this.#timer);
    this.#beat = Math.max(5, hello.beat) * 1000;
    this.#heard = this.#since = Date.now();
    if (!useEvents) this.#failures = 0;
    this.#watchdog = setInterval(() => this.#check(), CHECK_EVERY);
    this.#set({ phase: "live" });
    this.#events.up(hello);
  }

  #frame(frame: ServerFrame, useEvents: boolean): void {
    this.#heard = Date.now();
    this.#carried = useEvents;
    if (useEvents && this.#failures > 0) {
      this.#failures = 0;
      this.#options.memory.write(true);
    }
    if (frame.t === "bye") this.#bye = frame.retry;
    else this.#events.frame(frame);
  }

  #closed(code: number, reason: string, ready: boolean, useEvents: boolean): void {
    if (judge(code, reason) === "never") {
      this.#drop();
      return this.#set({ phase: "ended", reason: reason || "bad-request" });
    }
    // Whoever was served by events stays with them, the others with WebSockets.
    if (useEvents && reason === UNREACHABLE) {
      this.#failures = 0;
      return this.#failed(0, false);
    }
    const slowly = judge(code, reason) === "again-slowly";
    // A close with a code of its own came through: then this carrier works.
    const passed = ready || code !== 1006;
    this.#failed(passed ? 0 : 1, useEvents, slowly ? SLOW_FLOOR : 0);
  }

  /** Counts a failure against its carrier and waits. */
  #failed(weight: number, useEvents: boolean, floor = 0): void {
    const good = this.#since > 0 && Date.now() - this.#since >= GOOD_AFTER;
    if (good) this.#attempt = this.#broken = 0;
    else if (useEvents) this.#doubtEvents();
    else this.#failures += weight;
    const bye = this.#bye;
    const { random } = this.#options;
    const ms = bye ? bye[0] + random() * (bye[1] - bye[0]) : floor + backoff(this.#attempt, random);
    this.#attempt++;
    this.#wait(ms, bye !== undefined);
  }

  /** A stream that ran and was cut tells of the hub or the line; one that never ran, or twice, of the carrier. */
  #doubtEvents(): void {
    if (this.#carried && ++this.#broken < PATIENCE) return;
    this.#failures = this.#broken = 0;
    this.#options.memory.write(false);
  }

  #wait(ms: number, bound = false, turn = false): void {
    this.#drop();
    this.#bound = bound;
    this.#timer = setTimeout(() => void this.#dial(), ms);
    this.#set({ phase: "waiting", until: Date.now() + ms, turn });
  }

  #check(): void {
    const quiet = Date.now() - this.#heard;
    if (quiet > this.#beat * 2 + PROBE_WITHIN) this.#lost();
    else if (quiet > this.#beat + CHECK_EVERY) this.#probe(PROBE_WITHIN);
  }

  #probe(within: number): void {
    const asked = Date.now();
    if (asked - this.#heard > this.#beat * 2 + PROBE_WITHIN) return this.#lost();
    if (!this.#link?.send({ t: "beat" })) return this.#lost();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#heard < asked) this.#lost();
    }, within);
  }

  #lost(): void {
    this.#failed(0, false);
  }

  #drop(): void {
    this.#round++;
    clearTimeout(this.#timer);
    clearInterval(this.#watchdog);
    this.#link?.close();
    this.#link = undefined;
    this.#bye = undefined;
    this.#carried = false;
    this.#since = 0;
  }

  #set(state: LineState): void {
    this.#state = state;
    this.#events.state(state);
  }
}
