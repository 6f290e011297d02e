import { isServerFrame } from "./check.ts";
import type { ClientFrame, DoFrame, ServerFrame, WatchFrame } from "./frames.ts";
import { type Dial, type LinkEvents, UNREACHABLE } from "./link.ts";

/**
 * The same link where WebSockets do not pass: one EventSource for each watched
 * topic, one POST for each command. It makes up its own hello.
 */
export const dialEvents: Dial = (_device, events) => {
  const link = new EventLink(events);
  queueMicrotask(() => void link.start());
  return link;
};

/** The hub's beat over events, in seconds, as its hello says over a socket. */
const BEAT = 20;

const JSON_BODY = { "Content-Type": "application/json" };

class EventLink {
  readonly #events: LinkEvents;
  readonly #sources = new Map<string, EventSource>();
  readonly #roles = new Map<string, string>();
  /** Commands go one after the other: a poll must be there before it is opened. */
  #posts: Promise<void> = Promise.resolve();
  #over = false;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  /** Any answer of the hub shows that plain HTTP passes; what it says does not matter here. */
  async start(): Promise<void> {
    try {
      const answer = await fetch("/livez", { cache: "no-store" });
      if (answer.status >= 500) return this.#end(UNREACHABLE);
    } catch {
      return this.#end(UNREACHABLE);
    }
    if (!this.#over) this.#events.ready({ t: "hello", v: 1, node: "", version: "", beat: BEAT });
  }

  send(frame: ClientFrame): boolean {
    if (this.#over) return false;
    switch (frame.t) {
      case "watch":
        this.#watch(frame);
        return true;
      case "unwatch":
        this.#sources.get(frame.topic)?.close();
        this.#sources.delete(frame.topic);
        return true;
      case "do":
        this.#posts = this.#posts.then(() => this.#post(frame));
        return true;
      case "beat":
        void this.#probe();
        return true;
      case "react":
        void this.#react(frame.topic, frame.kind);
        return true;
      case "hello":
        return true;
    }
  }

  close(): void {
    this.#over = true;
    for (const source of this.#sources.values()) source.close();
    this.#sources.clear();
  }

  #watch(frame: WatchFrame): void {
    this.#sources.get(frame.topic)?.close();
    this.#roles.set(frame.topic, frame.role);
    const query = new URLSearchParams({ role: frame.role });
    for (const key of ["view", "epoch", "offset", "h", "mine"] as const) {
      const value = frame[key];
      if (value !== undefined) query.set(key, String(value));
    }
    const source = new EventSource(`/api/v1/topics/${frame.topic}/events?${query}`);
    this.#sources.set(frame.topic, source);
    source.onmessage = (e) => this.#take(e.data);
    source.onerror = () => void this.#failed(frame, source);
  }

  #take(data: unknown): void {
    if (this.#over || typeof data !== "string") return;
    const frame: unknown = parse(data);
    if (isServerFrame(frame) && frame.t !== "hello") this.#events.frame(frame);
  }

  /** EventSource does not say why it failed, so the document is asked for once. */
  async #failed(frame: WatchFrame, source: EventSource): Promise<void> {
    source.close();
    if (this.#over || this.#sources.get(frame.topic) !== source) return;
    this.#sources.delete(frame.topic);
    const why = await refusal(`/api/v1/topics/${frame.topic}?role=${frame.role}`);
    if (this.#over) return;
    if (why) this.#events.frame({ t: "error", topic: frame.topic, reason: why });
    else this.#end();
  }

  async #post(frame: DoFrame): Promise<void> {
    if (this.#over) return;
    const { id, dev, n, seen, cmd } = frame;
    const role = this.#roles.get(frame.topic) ?? "attendee";
    try {
      const answer = await fetch(`/api/v1/topics/${frame.topic}/commands?role=${role}`, {
        method: "POST",
        headers: JSON_BODY,
        body: JSON.stringify({ id, dev, n, seen, cmd }),
      });
      const body: unknown = await answer.json();
      if (this.#over) return;
      if (answer.ok) for (const f of framesOf(body)) this.#events.frame(f);
      else this.#events.frame(problem(frame, answer.status, body));
    } catch {
      this.#end();
    }
  }

  /** Nobody waits for it, and it would mean nothing later. */
  async #react(topic: string, kind: string): Promise<void> {
    const body = JSON.stringify({ kind });
    await fetch(`/api/v1/topics/${topic}/react`, { method: "POST", headers: JSON_BODY, body }).catch(() => undefined);
  }

  async #probe(): Promise<void> {
    try {
      await fetch("/livez", { cache: "no-store" });
      if (!this.#over) this.#events.frame({ t: "beat", at: 0 });
    } catch {
      this.#end();
    }
  }

  #end(reason = ""): void {
    if (this.#over) return;
    this.close();
    this.#events.closed(1006, reason);
  }
}

function framesOf(body: unknown): ServerFrame[] {
  if (typeof body !== "object" || body === null || !("frames" in body) || !Array.isArray(body.frames)) return [];
  return body.frames.filter(isServerFrame);
}

/** Only a 4xx other than 429 is an answer for good. */
function problem(frame: DoFrame, status: number, body: unknown): ServerFrame {
  if (status >= 500 || status === 429) return { t: "retry", id: frame.id, after: 2000 };
  return { t: "refuse", id: frame.id, topic: frame.topic, offset: 0, reason: codeOf(body) };
}

async function refusal(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { cache: "no-store" });
    if (answer.ok || answer.status >= 500 || answer.status === 429) return undefined;
    return codeOf(await answer.json());
  } catch {
    return undefined;
  }
}

function codeOf(body: unknown): string {
  if (typeof body === "object" && body !== null && "code" in body && typeof body.code === "string") return body.code;
  return "internal";
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
