import type { AckFrame, Command, DoFrame, RefuseFrame, Role } from "../wire/frames.ts";
import { newID } from "../wire/ids.ts";
import { type Schedule, Store } from "./store.ts";

/**
 * A command on its way. sending: kept on this device, not on the wire yet (or
 * nobody knows). sent: written to the hub. safe: acknowledged, so it cannot be
 * lost. refused: the hub said no, with a reason.
 */
export interface Item {
  readonly id: string;
  readonly dev: string;
  readonly n: number;
  readonly seen: number;
  readonly topic: string;
  readonly role: Role;
  readonly cmd: Command;
  /** When it was asked for, this device's milliseconds. */
  readonly at: number;
  readonly state: "sending" | "sent" | "safe" | "refused";
  readonly level?: string;
  readonly offset?: number;
  readonly reason?: string;
}

/** Where what is not acknowledged yet survives a reload. */
export interface Keep {
  save(items: readonly Item[]): void;
}

/** How many unacknowledged commands one device keeps. A person makes a handful; the rest is a fault. */
const MOST = 300;
/** Milliseconds after which an unanswered command is written again on the same link. It is idempotent. */
const ANSWER_WITHIN = 10_000;
/** Milliseconds an acknowledged command stays visible, for the page to show that it is safe. */
const SHOWN_FOR = 4_000;
/** How many commands that were only acked in memory are kept to be offered again. */
const OFFERED = 200;

/** Commands that set one register: a later one makes an earlier unacknowledged one needless. */
const REGISTERS = new Set(["question.vote", "poll.vote", "question.highlight", "poll.stage"]);

/** What the outbox needs of its owner. */
export interface Wire {
  /** False if the frame could not be written now. */
  send(frame: DoFrame): boolean;
  /** The role in which a topic is watched on this page, if it is. */
  roleOn(topic: string): Role | undefined;
}

/**
 * Commands with their id, device and count, kept until acknowledged and sent
 * again as they are. Everything goes out at once and in order; nothing waits
 * for the answer to another.
 */
export class Outbox {
  readonly items: Store<readonly Item[]>;
  readonly #dev: string;
  readonly #wire: Wire;
  readonly #keep: Keep;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #offered: Item[] = [];
  #n = 0;

  constructor(dev: string, wire: Wire, keep: Keep, schedule?: Schedule) {
    this.#dev = dev;
    this.#wire = wire;
    this.#keep = keep;
    this.items = new Store<readonly Item[]>([], schedule);
  }

  /** Takes a command and sends it now if it can. Returns its id. */
  add(topic: string, role: Role, cmd: Command, seen: number, now: number = Date.now()): string {
    const id = newID(now);
    const item: Item = { id, dev: this.#dev, n: ++this.#n, seen, topic, role, cmd, at: now, state: "sending" };
    const others = this.items.get().filter((other) => !overtakes(item, other));
    if (others.filter(open).length >= MOST) this.#set([...others, { ...item, state: "refused", reason: "too-many" }]);
    else {
      this.#set([...others, item]);
      this.#send(item);
    }
    return id;
  }

  /** Takes over what a tab that is gone left behind, with its own device and count. */
  adopt(items: readonly Item[]): void {
    const known = new Set(this.items.get().map((i) => i.id));
    const left = items.filter((i) => !known.has(i.id)).map((i) => ({ ...i, state: "sending" as const }));
    if (left.length === 0) return;
    this.#set([...left, ...this.items.get()]);
    for (const item of left) this.#send(item);
  }

  /** A link is up and its topics are watched: everything open goes out, in order. */
  up(): void {
    for (const item of this.items.get().filter(open)) this.#send(item);
  }

  /** The link is gone: whether the written ones arrived, nobody knows. */
  down(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#set(this.items.get().map((i) => (i.state === "sent" ? { ...i, state: "sending" as const } : i)));
  }

  ack(frame: AckFrame): void {
    const item = this.#find(frame.id);
    if (!item) return;
    this.#clear(item.id);
    const { level, offset } = frame;
    const safe: Item = { ...item, state: "safe", level, offset };
    if (level === "redis-memory") this.#offered = [...this.#offered, item].slice(-OFFERED);
    this.#put(safe);
    this.#timers.set(
      item.id,
      setTimeout(() => this.forget(item.id), SHOWN_FOR),
    );
  }

  refuse(frame: RefuseFrame): void {
    const item = this.#find(frame.id);
    if (!item) return;
    this.#clear(item.id);
    this.#put({ ...item, state: "refused", reason: frame.reason });
  }

  retry(id: string, after: number): void {
    const item = this.#find(id);
    if (!item || !open(item)) return;
    this.#clear(id);
    this.#put({ ...item, state: "sending" });
    this.#timers.set(
      id,
      setTimeout(() => this.#again(id), after),
    );
  }

  /** History was lost: what was acknowledged from memory alone is offered again. */
  lost(topic: string): void {
    const mine = this.#offered.filter((i) => i.topic === topic);
    this.#offered = this.#offered.filter((i) => i.topic !== topic);
    const again = new Set(mine.map((i) => i.id));
    this.#set(this.items.get().filter((i) => !again.has(i.id)));
    this.adopt(mine);
  }

  /** Drops a refused or finished command from sight. */
  forget(id: string): void {
    this.#clear(id);
    this.#set(this.items.get().filter((i) => i.id !== id));
  }

  #send(item: Item): void {
    const watched = this.#wire.roleOn(item.topic);
    if (item.role !== (watched ?? "attendee")) return;
    const { id, dev, n, seen, topic, cmd } = item;
    if (!this.#wire.send({ t: "do", id, dev, n, seen, topic, cmd })) return;
    this.#clear(id);
    this.#timers.set(
      id,
      setTimeout(() => this.#again(id), ANSWER_WITHIN),
    );
    this.#put({ ...item, state: "sent" });
  }

  #again(id: string): void {
    const item = this.#find(id);
    if (item && open(item)) this.#send(item);
  }

  #find(id: string): Item | undefined {
    return this.items.get().find((i) => i.id === id);
  }

  #put(item: Item): void {
    this.#set(this.items.get().map((i) => (i.id === item.id ? item : i)));
  }

  #clear(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #set(items: readonly Item[]): void {
    this.items.set(items);
    this.#keep.save(items.filter(open));
  }
}

function open(item: Item): boolean {
  return item.state === "sending" || item.state === "sent";
}

function overtakes(item: Item, earlier: Item): boolean {
  return (
    REGISTERS.has(item.cmd.type) &&
    earlier.cmd.type === item.cmd.type &&
    earlier.topic === item.topic &&
    earlier.cmd["id"] === item.cmd["id"] &&
    earlier.dev === item.dev
  );
}
