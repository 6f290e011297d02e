import type { Doc, MineFrame, PatchFrame, PulseFrame, Role, WatchFrame } from "../wire/frames.ts";
import { advance, NOTHING, type Track } from "./patch.ts";
import { type Schedule, Store } from "./store.ts";

/** What a page can see of a topic. Immutable; parts that did not change keep their identity. */
export interface TopicState {
  readonly doc: Doc;
  readonly mine: Doc;
  /** The first document has come. */
  readonly loaded: boolean;
  /** How many watch it, if the hub says. */
  readonly online?: number;
  /** What people just felt, another object each time; how many say what of the pace now. */
  readonly reactions?: PulseFrame["reactions"];
  readonly pace?: PulseFrame["pace"];
  /** Why the hub does not show it: a Reason. */
  readonly error?: string;
}

/** Milliseconds after which an unanswered watch may be repeated. */
const ANSWER_WITHIN = 5_000;

/**
 * One watched topic: the document's cursor and the person's own, both under the
 * rule of `advance`. It says what to ask when a frame does not fit.
 */
export class Topic {
  readonly name: string;
  readonly role: Role;
  readonly state: Store<TopicState>;
  #doc: Track = NOTHING;
  #mine: Track = NOTHING;
  #view: number | undefined;
  #known = 0;
  #asked = 0;

  constructor(name: string, role: Role, schedule?: Schedule) {
    this.name = name;
    this.role = role;
    this.state = new Store<TopicState>({ doc: NOTHING.doc, mine: NOTHING.doc, loaded: false }, schedule);
  }

  /** The largest offset known of this topic, also from acks: the `seen` of a command. */
  get known(): number {
    return this.#known;
  }

  /** Up to where the document is here; 0 before the first. */
  get offset(): number {
    return this.#doc.offset;
  }

  learn(offset: number): void {
    this.#known = Math.max(this.#known, offset);
  }

  /** The frame that asks for what is missing here; `anew` forgets the position. */
  watch(anew = false, now: number = Date.now()): WatchFrame {
    this.#asked = now;
    const frame: WatchFrame = { t: "watch", topic: this.name, role: this.role };
    if (anew || this.#view === undefined || this.#doc.epoch === "") return frame;
    const { epoch, offset, h } = this.#doc;
    const at: WatchFrame = { ...frame, view: this.#view, epoch, offset, h };
    return this.#mine.epoch === epoch ? { ...at, mine: this.#mine.offset } : at;
  }

  /**
   * Takes a patch or mine. Returns the watch to send if it does not fit, and
   * whether history went backwards (what was acked there may be gone).
   */
  take(frame: PatchFrame | MineFrame, now: number = Date.now()): { ask?: WatchFrame; lost?: true } {
    const before = frame.t === "patch" ? this.#doc : this.#mine;
    const { track, verdict } = advance(before, frame);
    if (verdict === "behind" || verdict === "foreign") {
      if (now - this.#asked < ANSWER_WITHIN) return {};
      return { ask: this.watch(verdict === "foreign", now) };
    }
    this.#asked = 0;
    if (verdict === "passed") return {};
    const lost = frame.from === 0 && before.epoch !== "" && (frame.epoch !== before.epoch || frame.to < this.#known);
    if (lost) this.#known = 0;
    this.learn(frame.to);
    this.#keep(frame, track);
    return lost ? { lost } : {};
  }

  pulse(frame: PulseFrame): void {
    const { online: _, pace: __, ...state } = this.state.get();
    const { online, pace, reactions } = frame;
    this.state.set({
      ...state,
      ...(online === undefined ? {} : { online }),
      ...(pace ? { pace } : {}),
      ...(reactions ? { reactions } : {}),
    });
  }

  refuse(reason: string): void {
    this.state.set({ ...this.state.get(), error: reason });
  }

  #keep(frame: PatchFrame | MineFrame, track: Track): void {
    const { error: _, ...state } = this.state.get();
    if (frame.t === "patch") {
      this.#doc = track;
      this.#view = frame.view;
      this.state.set({ ...state, doc: track.doc, loaded: true });
    } else {
      this.#mine = track;
      this.state.set({ ...state, mine: track.doc });
    }
  }
}
