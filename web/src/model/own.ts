import type { Answer } from "./poll.ts";
import type { Asked, Question, SessionMine, Votes } from "./session.ts";

/** What is needed of a command that is on its way. */
export interface Pending {
  readonly id: string;
  readonly topic: string;
  readonly at: number;
  readonly cmd: Readonly<{ type: string } & Record<string, unknown>>;
  readonly state: "sending" | "sent" | "safe" | "refused";
  readonly level?: string;
  readonly offset?: number;
  readonly reason?: string;
}

/** How far what I did has come: on its way, or safe at the hub. */
export interface Delivery {
  readonly state: Pending["state"];
  readonly level?: string;
  readonly reason?: string;
  /** The command's id, to forget a refusal by. */
  readonly command: string;
}

/** One of my questions: what the hub has, or what I have just sent. */
export interface OwnQuestion {
  readonly id: string;
  readonly text: string;
  readonly name?: string;
  readonly lang?: string;
  readonly at: number;
  readonly state: Asked["state"] | "new";
  readonly why?: string;
  readonly into?: string;
  readonly delivery?: Delivery;
}

const ofQuestion = (p: Pending, type: string): boolean => p.cmd.type === type && typeof p.cmd["id"] === "string";

/** My questions, newest first: those at the hub, and those still on their way. */
export function ownQuestions(mine: SessionMine, pending: readonly Pending[]): OwnQuestion[] {
  const own = new Map<string, OwnQuestion>();
  for (const [id, asked] of Object.entries(mine.asked ?? {})) own.set(id, { id, ...asked });
  for (const p of pending) {
    if (ofQuestion(p, "question.ask")) putAsk(own, p);
    else if (ofQuestion(p, "question.edit")) putEdit(own, p);
    else if (ofQuestion(p, "question.withdraw")) putDelivery(own, p);
  }
  return [...own.values()].filter((q) => q.state !== "withdrawn").sort((a, b) => b.at - a.at);
}

function putAsk(own: Map<string, OwnQuestion>, p: Pending): void {
  const id = String(p.cmd["id"]);
  const at = own.get(id);
  const text = String(p.cmd["text"] ?? "");
  const name = p.cmd["name"];
  const fresh: OwnQuestion = { id, text, at: p.at, state: "new", ...(typeof name === "string" ? { name } : {}) };
  own.set(id, { ...(at ?? fresh), delivery: delivery(p) });
}

function putEdit(own: Map<string, OwnQuestion>, p: Pending): void {
  const id = String(p.cmd["id"]);
  const at = own.get(id);
  if (!at) return;
  const text = p.state === "refused" ? at.text : String(p.cmd["text"] ?? at.text);
  own.set(id, { ...at, text, delivery: delivery(p) });
}

function putDelivery(own: Map<string, OwnQuestion>, p: Pending): void {
  const at = own.get(String(p.cmd["id"]));
  if (at) own.set(at.id, { ...at, delivery: delivery(p) });
}

function delivery(p: Pending): Delivery {
  return {
    state: p.state,
    command: p.id,
    ...(p.level === undefined ? {} : { level: p.level }),
    ...(p.reason === undefined ? {} : { reason: p.reason }),
  };
}

/** For a question, against it, or neither. */
export type Stance = "up" | "down" | "none";

/** My vote on a question as I last wished it, and the counts that go with it. */
export interface OwnVote {
  readonly stance: Stance;
  readonly n: number;
  readonly down: number;
  readonly delivery?: Delivery;
}

export const isVote = (p: Pending, topic: string, id: string): boolean =>
  p.cmd.type === "question.vote" && p.cmd["id"] === id && p.topic === topic;

/** Where the hub has me on a question, and on those that were merged into it: for it, if for any of them. */
export function storedStance(mine: SessionMine, id: string, question: Question | undefined): Stance {
  const votes = [id, ...(question?.merged ?? [])].map((one) => mine.vote?.[one]).filter((vote) => vote?.on);
  if (votes.length === 0) return "none";
  return votes.some((vote) => !vote?.down) ? "up" : "down";
}

/**
 * From the counts of the document, the vote the hub has of me, and my last wish.
 * `known` is the document's offset: a vote that was acknowledged beyond it is
 * not in the counts yet.
 */
export function ownVote(votes: Votes, stored: Stance, last: Pending | undefined, known: number): OwnVote {
  const { n, down = 0 } = votes;
  if (!last) return { stance: stored, n, down };
  if (last.state === "refused") return { stance: stored, n, down, delivery: delivery(last) };
  const stance = wished(last);
  const counted = last.state === "safe" ? (last.offset ?? 0) <= known : stance === stored;
  // A vote that is safe may be told in my own part before it is in the counts; what it was before is known no more.
  const told = last.state === "safe" && stance === stored;
  const before = told ? (stance === "none" ? "up" : "none") : stored;
  const add = (which: Stance): number => (counted ? 0 : Number(stance === which) - Number(before === which));
  return { stance, n: Math.max(0, n + add("up")), down: Math.max(0, down + add("down")), delivery: delivery(last) };
}

function wished(p: Pending): Stance {
  if (p.cmd["on"] !== true) return "none";
  return p.cmd["down"] === true ? "down" : "up";
}

/** My answer to a poll: as last wished, and whether it is safe. */
export function ownAnswer(
  mine: SessionMine,
  pending: readonly Pending[],
  poll: string,
): { answer?: Answer | undefined; delivery?: Delivery } {
  const stored = mine.answer?.[poll];
  const last = pending.findLast((p) => p.cmd.type === "poll.vote" && p.cmd["id"] === poll);
  if (!last) return { answer: stored };
  return { answer: last.state === "refused" ? stored : answerIn(last.cmd), delivery: delivery(last) };
}

/** The answer in a command; undefined for none: an empty choice takes it back, whatever the kind. */
function answerIn(cmd: Readonly<Record<string, unknown>>): Answer | undefined {
  const { choice, ranks, points, number, words } = cmd as Answer;
  if (Array.isArray(choice)) return choice.length > 0 ? { choice } : undefined;
  if (ranks) return { ranks };
  if (points) return { points };
  if (words) return { words };
  return number === undefined ? undefined : { number };
}
