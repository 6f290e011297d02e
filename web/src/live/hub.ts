import type { ClientFrame, Command, ErrorFrame, Role, ServerFrame } from "../wire/frames.ts";
import { newDevice } from "../wire/ids.ts";
import { Line, type LineState } from "../wire/reconnect.ts";
import { dialSocket } from "../wire/socket.ts";
import { onWake } from "../wire/wake.ts";
import { carrierMemory } from "./carrier.ts";
import { Clock } from "./clock.ts";
import { ShelfKeep } from "./keep.ts";
import { Outbox } from "./outbox.ts";
import { shelf } from "./shelf.ts";
import { atOnce, Store } from "./store.ts";
import { Topic } from "./topic.ts";

/** What the pill shows. `asOf`: when the hub was last heard, this device's milliseconds. */
export interface Connection {
  readonly line: LineState;
  readonly asOf: number;
}

/** Milliseconds, once or twice of them by chance, before a topic that may still come is asked for again. */
const AGAIN_AFTER = 15_000;
const MAY_PASS = new Set(["not-live", "unavailable", "too-fast"]);
/** Milliseconds between two looks for leftovers of other tabs. */
const ADOPT_EVERY = 60_000;

/**
 * The page's one connection: watched topics by name, the outbox, the server's
 * clock. Made once per page, started by the entry.
 */
export class Hub {
  readonly clock = new Clock();
  readonly outbox: Outbox;
  readonly connection = new Store<Connection>({ line: { phase: "connecting" }, asOf: 0 }, atOnce);
  readonly #line: Line;
  readonly #keep: ShelfKeep;
  readonly #topics = new Map<string, { topic: Topic; users: number }>();
  #heard = 0;

  constructor() {
    const device = newDevice();
    this.#keep = new ShelfKeep(device, shelf("localStorage"), navigator.locks);
    this.outbox = new Outbox(
      device,
      { send: (frame) => this.#line.send(frame), roleOn: (name) => this.#topics.get(name)?.topic.role },
      this.#keep,
    );
    this.#line = new Line(
      {
        device,
        socket: dialSocket,
        events: async () => (await import("../wire/sse.ts")).dialEvents,
        random: Math.random,
        memory: carrierMemory(shelf("sessionStorage")),
      },
      { up: () => this.#up(), frame: (frame) => this.#frame(frame), state: (state) => this.#state(state) },
    );
  }

  start(): void {
    this.#line.start();
    onWake(() => this.#line.poke());
    setInterval(() => this.#adopt(), ADOPT_EVERY);
  }

  /** After a final refusal, when the person did something about it. */
  again(): void {
    this.#line.start();
  }

  /** Watches a topic until `release`; those who watch the same one share it. */
  watch(name: string, role: Role): Topic {
    const entry = this.#topics.get(name);
    if (entry && entry.topic.role === role) {
      entry.users++;
      return entry.topic;
    }
    const topic = new Topic(name, role);
    this.#topics.set(name, { topic, users: 1 });
    this.#line.send(topic.watch());
    return topic;
  }

  release(topic: Topic): void {
    const entry = this.#topics.get(topic.name);
    if (entry?.topic !== topic || --entry.users > 0) return;
    this.#topics.delete(topic.name);
    this.#line.send({ t: "unwatch", topic: topic.name });
  }

  /** Puts a command into the outbox, in the role of this page's watch. Returns its id. */
  do(topic: Topic, cmd: Command): string {
    return this.outbox.add(topic.name, topic.role, cmd, topic.known);
  }

  react(topic: Topic, kind: string): void {
    this.#line.send({ t: "react", topic: topic.name, kind } satisfies ClientFrame);
  }

  #up(): void {
    this.#hear();
    for (const { topic } of this.#topics.values()) this.#line.send(topic.watch());
    this.outbox.up();
    this.#adopt();
  }

  #frame(frame: ServerFrame): void {
    this.#hear();
    switch (frame.t) {
      case "patch":
      case "mine":
        return this.#take(frame);
      case "ack":
        this.#acked(frame.topic, frame.offset);
        return this.outbox.ack(frame);
      case "refuse":
        return this.outbox.refuse(frame);
      case "retry":
        return this.outbox.retry(frame.id, frame.after);
      case "pulse":
        return this.#topics.get(frame.topic)?.topic.pulse(frame);
      case "beat":
        return this.clock.hear(frame.at);
      case "error":
        return this.#error(frame);
      case "hello":
      case "bye":
        return;
    }
  }

  #acked(name: string, offset: number): void {
    const topic = this.#topics.get(name)?.topic;
    topic?.learn(offset);
    // What could not be watched is there now: somebody, perhaps we, opened it.
    if (topic?.state.get().error) this.#line.send(topic.watch());
  }

  #error({ topic: name, reason, detail }: ErrorFrame): void {
    const topic = name === undefined ? undefined : this.#topics.get(name)?.topic;
    if (!topic) return console.warn("the hub says:", reason, detail ?? "");
    topic.refuse(reason);
    if (!MAY_PASS.has(reason)) return;
    setTimeout(() => this.#watchAgain(topic), AGAIN_AFTER * (1 + Math.random()));
  }

  #watchAgain(topic: Topic): void {
    if (this.#topics.get(topic.name)?.topic === topic && topic.state.get().error) this.#line.send(topic.watch());
  }

  #take(frame: ServerFrame & { t: "patch" | "mine" }): void {
    const topic = this.#topics.get(frame.topic)?.topic;
    if (!topic) return;
    const { ask, lost } = topic.take(frame);
    if (ask) this.#line.send(ask);
    if (lost) this.outbox.lost(topic.name);
  }

  #state(line: LineState): void {
    if (line.phase !== "live" && this.connection.get().line.phase === "live") this.outbox.down();
    this.connection.set({ line, asOf: this.#heard });
  }

  #hear(): void {
    this.#heard = Date.now();
  }

  #adopt(): void {
    if (this.#line.state.phase === "live") void this.#keep.adopt((items) => this.outbox.adopt(items));
  }
}
