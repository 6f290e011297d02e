import { describe, expect, it } from "vitest";
import { matterOf } from "../../src/model/matter.ts";
import type { SessionDoc } from "../../src/model/session.ts";

const session = { _: { live: true, qa: "open", moderation: false, names: "optional" } } as const;
const poll = (state: "open" | "closed", at: number) =>
  ({
    title: `poll ${at}`,
    kind: "single",
    options: [],
    min: 1,
    max: 1,
    state,
    results: "shown",
    at,
    opened: at,
  }) as const;
const question = { q: { text: "Why?", at: 1, state: "live" } } as const;
const doc = (parts: object): SessionDoc => ({
  session,
  question,
  poll: { p: poll("open", 1), c: poll("closed", 2) },
  ...parts,
});

describe("what fills the screen", () => {
  it("is a poll that was put there, even a closed one", () => {
    const matter = matterOf(doc({ stage: { _: { question: "q", poll: "c" } } }));
    expect(matter).toMatchObject({ kind: "poll", staged: true, poll: { id: "c" } });
  });
  it("is else the question being answered", () => {
    expect(matterOf(doc({ stage: { _: { question: "q", poll: null } } }))).toMatchObject({ kind: "question", id: "q" });
  });
  it("is else an open poll, which nobody put there", () => {
    expect(matterOf(doc({ stage: { _: { question: null, poll: null } } }))).toMatchObject({
      kind: "poll",
      staged: false,
    });
  });
  it("is no poll when the board is closed", () => {
    const closed = { _: { ...session._, live: false } };
    expect(matterOf(doc({ session: closed, stage: { _: { question: null, poll: null } } }))).toBeUndefined();
  });
});
