import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { HelloFrame, ServerFrame } from "../../src/wire/frames.ts";
import { UNREACHABLE } from "../../src/wire/link.ts";
import { dialEvents } from "../../src/wire/sse.ts";

/** The browser's EventSource, its other end played by the test. */
class Source {
  static opened: Source[] = [];
  readonly url: string;
  closed = false;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    Source.opened.push(this);
  }

  close(): void {
    this.closed = true;
  }

  static get last(): Source {
    const source = Source.opened.at(-1);
    if (!source) throw new Error("nothing opened");
    return source;
  }
}

type Answer = { status: number; body?: unknown } | "unreachable";

function dial(answers: Record<string, Answer>) {
  const asked: { url: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    asked.push({ url, body: init?.body ? JSON.parse(String(init.body)) : undefined });
    const answer = answers[Object.keys(answers).find((part) => url.includes(part)) ?? ""] ?? { status: 200 };
    if (answer === "unreachable") throw new TypeError("failed to fetch");
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status });
  });
  const heard: (ServerFrame | HelloFrame | { closed: number; reason: string })[] = [];
  const link = dialEvents("d", {
    ready: (hello) => heard.push(hello),
    frame: (frame) => heard.push(frame),
    closed: (code, reason) => heard.push({ closed: code, reason }),
  });
  return { link, heard, asked };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const TOPIC = "session/x";
const watch = { t: "watch", topic: TOPIC, role: "attendee", view: 3, epoch: "e", offset: 7, h: "ab", mine: 5 } as const;
const command = { t: "do", id: "C", dev: "d", n: 1, seen: 7, topic: TOPIC, cmd: { type: "question.ask" } } as const;

beforeEach(() => {
  Source.opened = [];
  vi.stubGlobal("EventSource", Source);
});
afterEach(() => void vi.unstubAllGlobals());

describe("a link over plain HTTP", () => {
  test("is ready when anything answers, also a 404", async () => {
    const { heard } = dial({ "/livez": { status: 404 } });
    expect(heard).toEqual([]);
    await settled();
    expect(heard).toMatchObject([{ t: "hello" }]);
  });

  test("is closed when nothing does, or only a proxy that finds nobody", async () => {
    for (const answer of ["unreachable", { status: 502 }] as const) {
      const { heard } = dial({ "/livez": answer });
      await settled();
      expect(heard).toEqual([{ closed: 1006, reason: UNREACHABLE }]);
    }
  });

  test("names its place when it watches, and passes frames on", async () => {
    const { link, heard } = dial({});
    await settled();
    link.send(watch);
    expect(Source.last.url).toBe("/api/v1/topics/session/x/events?role=attendee&view=3&epoch=e&offset=7&h=ab&mine=5");
    Source.last.onmessage?.({ data: '{"t":"pulse","topic":"session/x","online":3}' });
    Source.last.onmessage?.({ data: "nonsense" });
    expect(heard.slice(1)).toEqual([{ t: "pulse", topic: TOPIC, online: 3 }]);
  });

  test("sends a command when the one before has been answered, as a socket would", async () => {
    const waiting: (() => void)[] = [];
    const { link } = dial({});
    await settled();
    const asked: string[] = [];
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
      asked.push(JSON.parse(String(init.body)).id);
      return new Promise((answer) => waiting.push(() => answer(new Response('{"frames":[]}'))));
    });
    link.send(command);
    link.send({ ...command, id: "D", n: 2 });
    await settled();
    expect(asked).toEqual(["C"]);
    waiting[0]?.();
    await settled();
    expect(asked).toEqual(["C", "D"]);
  });

  test("posts a reaction, and does not mind what becomes of it", async () => {
    const { link, heard } = dial({});
    await settled();
    const posted: unknown[] = [];
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      posted.push([url, init.method, init.body]);
      return Promise.reject(new TypeError("cut"));
    });
    link.send({ t: "react", topic: TOPIC, kind: "heart" });
    await settled();
    expect(posted).toEqual([["/api/v1/topics/session/x/react", "POST", '{"kind":"heart"}']]);
    expect(heard.slice(1)).toEqual([]);
  });

  test("a second watch of a topic replaces the first, unwatch ends it", async () => {
    const { link } = dial({});
    await settled();
    link.send(watch);
    const first = Source.last;
    link.send(watch);
    expect(first.closed).toBe(true);
    link.send({ t: "unwatch", topic: TOPIC });
    expect(Source.last.closed).toBe(true);
  });

  test("a command is posted in the role of the watch, and its frames come back", async () => {
    const ack = { t: "ack", id: "C", topic: TOPIC, epoch: "e", offset: 8, level: "embedded" };
    const { link, heard, asked } = dial({ "/commands": { status: 200, body: { frames: [ack, { t: "bogus" }] } } });
    await settled();
    link.send({ ...watch, role: "moderator" });
    link.send(command);
    await settled();
    expect(asked.at(-1)).toEqual({
      url: "/api/v1/topics/session/x/commands?role=moderator",
      body: { id: "C", dev: "d", n: 1, seen: 7, cmd: { type: "question.ask" } },
    });
    expect(heard.slice(1)).toEqual([ack]);
  });

  test("a problem that will stay refuses, one that may pass says retry", async () => {
    const stays = dial({ "/commands": { status: 403, body: { code: "not-allowed" } } });
    await settled();
    stays.link.send(command);
    await settled();
    expect(stays.heard.at(-1)).toMatchObject({ t: "refuse", id: "C", reason: "not-allowed" });
    const passes = dial({ "/commands": { status: 429, body: { code: "too-fast" } } });
    await settled();
    passes.link.send(command);
    await settled();
    expect(passes.heard.at(-1)).toMatchObject({ t: "retry", id: "C" });
  });

  test("a stream that is refused says why; one that broke closes the link", async () => {
    const refused = dial({ "?role=": { status: 404, body: { code: "not-live" } } });
    await settled();
    refused.link.send(watch);
    Source.last.onerror?.();
    await settled();
    expect(refused.heard.at(-1)).toEqual({ t: "error", topic: TOPIC, reason: "not-live" });
    const broke = dial({});
    await settled();
    broke.link.send(watch);
    Source.last.onerror?.();
    await settled();
    expect(broke.heard.at(-1)).toEqual({ closed: 1006, reason: "" });
    expect(broke.link.send(command)).toBe(false);
  });

  test("says nothing once it is closed by its owner", async () => {
    const { link, heard } = dial({});
    await settled();
    link.send(watch);
    link.close();
    Source.last.onmessage?.({ data: '{"t":"beat","at":1}' });
    Source.last.onerror?.();
    await settled();
    expect(heard).toHaveLength(1);
    expect(Source.last.closed).toBe(true);
  });
});
