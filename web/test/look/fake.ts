import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import type { Page, WebSocketRoute } from "@playwright/test";
import { conference, forModerators, forStage, forTranslators, mine, rest, session } from "./data.ts";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://127.0.0.1:*; base-uri 'none'; form-action 'self'";
const page = (path: string): string => {
  if (/^\/(?:$|[jsc]\/)/.test(path)) return "attendee.html";
  const entry = /^\/(m|screen|stage|translate|o|enter|ops)\b/.exec(path)?.[1] ?? "";
  const names: Record<string, string> = { m: "moderator", o: "organiser" };
  return `${names[entry] ?? entry}.html`;
};

/** Serves dist by the paths and with the policy of the real server. */
export function serve(dist: string): Promise<{ server: Server; url: string }> {
  const server = createServer((req, res) => {
    const path = (req.url ?? "/").split("?")[0] ?? "/";
    const file = join(dist, path.startsWith("/assets/") ? path : page(path));
    // A page in a page would speak on the one socket that a test plays.
    if (req.headers["sec-fetch-dest"] === "iframe") {
      res.writeHead(200, { "Content-Type": "text/html" }).end('<body bgcolor="#06080f">');
      return;
    }
    if (!existsSync(file)) {
      res.writeHead(404).end();
      return;
    }
    const policy = CSP + (file.endsWith("moderator.html") ? "; frame-src 'self'" : "");
    res.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain", "Content-Security-Policy": policy });
    createReadStream(file).pipe(res);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}` });
    });
  });
}

export type Docs = Record<string, { doc: object; mine?: object }>;

const boards = { moderator: forModerators, stage: forStage, translator: forTranslators };
export type Seat = "attendee" | "moderator" | "screen" | "stage" | "translator";

export function docs(now: number, role: Seat = "attendee"): Docs {
  const board = role === "attendee" || role === "screen" ? session(now) : boards[role](now);
  return {
    "session/opening": {
      doc: board,
      mine: role === "attendee" ? mine(now) : role === "translator" ? { me: { _: { staff: 3 } } } : {},
    },
    "schedule/waters": { doc: conference(now) },
  };
}

/** A socket's other end, and REST, played from fixed documents. Each command is acknowledged unless the test says otherwise. */
export class FakeHub {
  readonly commands: Do[] = [];
  /** What was felt, in order. */
  readonly reactions: string[] = [];
  readonly watches: { topic: string; offset?: number; role: string }[] = [];
  /** A reason to refuse every command, "mute" to answer none. */
  answer = "";
  /** No connection is taken. */
  shut = false;
  /** What is said of a topic that is not there. */
  missing = "not-live";
  dialled = 0;
  readonly #page: Page;
  #now: number;
  #topics: Docs;
  #socket: WebSocketRoute | undefined;
  #offset = 1000;
  /** Up to where each cursor of the client was led. */
  readonly #told = new Map<string, number>();

  constructor(page: Page, now: number, topics: Docs) {
    this.#page = page;
    this.#now = now;
    this.#topics = topics;
  }

  async start(): Promise<this> {
    await this.#page.route("**/api/v1/**", (route) =>
      route.fulfill(rest(new URL(route.request().url()).pathname, this.#now)),
    );
    await this.#page.routeWebSocket(/\/ws$/, (ws) => {
      this.dialled++;
      if (this.shut) void ws.close({ code: 1013, reason: "overloaded" });
      else this.#socket = ws;
      ws.onMessage((text) => this.#take(JSON.parse(String(text))));
    });
    return this;
  }

  /** Another hub from now on, of which no page has heard. */
  become(now: number, topics: Docs): void {
    this.#now = now;
    this.#topics = topics;
    this.#told.clear();
    for (const heard of [this.commands, this.reactions, this.watches]) heard.length = 0;
    this.answer = "";
    this.shut = false;
    this.missing = "not-live";
  }

  say(...frames: object[]): void {
    this.#socket?.send(frames.map((f) => JSON.stringify(f)).join("\n"));
  }

  /** What changed of a document, or of a person's own part. */
  tell(topic: string, doc: object, t: "patch" | "mine" = "patch"): void {
    const from = this.#told.get(t + topic) ?? 0;
    const to = ++this.#offset;
    this.#told.set(t + topic, to);
    const at = { topic, epoch: "e1", from, to, h: "00", doc };
    this.say(t === "patch" ? { t, view: 1, ...at } : { t, ...at });
  }

  drop(code = 1012): void {
    void this.#socket?.close({ code, reason: "restart" });
  }

  #take(frame: Do & { t: string; role: string; kind: string; offset?: number }): void {
    if (frame.t === "hello")
      this.say({ t: "hello", v: 1, node: "a", version: "look", beat: 25 }, { t: "beat", at: this.#now });
    if (frame.t === "beat") this.say({ t: "beat", at: Date.now() });
    if (frame.t === "watch") this.#watch(frame);
    if (frame.t === "do") this.#do(frame);
    if (frame.t === "react") this.reactions.push(frame.kind);
  }

  #watch(frame: { topic: string; role: string; offset?: number }): void {
    this.watches.push(frame);
    const found = this.#topics[frame.topic];
    if (!found) return this.say({ t: "error", topic: frame.topic, reason: this.missing });
    const at = { topic: frame.topic, epoch: "e1", from: 0, to: this.#offset, h: "00" };
    for (const t of ["patch", "mine"]) this.#told.set(t + frame.topic, this.#offset);
    this.say({ t: "patch", view: 1, ...at, doc: found.doc }, { t: "mine", ...at, doc: found.mine ?? {} });
    if (frame.topic.startsWith("session/")) this.say({ t: "pulse", topic: frame.topic, online: 812 });
  }

  #do({ id, topic, ...rest }: Do): void {
    this.commands.push({ id, topic, ...rest });
    if (this.answer === "mute") return;
    if (this.answer) {
      return this.say({ t: "refuse", id, topic, offset: this.#offset, reason: this.answer, final: true });
    }
    this.say({ t: "ack", id, topic, epoch: "e1", offset: ++this.#offset, level: "embedded" });
  }
}

export interface Do {
  id: string;
  dev: string;
  n: number;
  topic: string;
  cmd: { type: string } & Record<string, unknown>;
}
