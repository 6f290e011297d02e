import { describe, expect, test } from "vitest";
import { ownAnswer, ownQuestions, ownVote, type Pending, storedStance } from "../../src/model/own.ts";

const pending = (cmd: Pending["cmd"], state: Pending["state"] = "sent", more: Partial<Pending> = {}): Pending => ({
  id: "C",
  topic: "s",
  at: 50,
  cmd,
  state,
  ...more,
});
const ask = { type: "question.ask", id: "q1", text: "mine" };

describe("my questions", () => {
  test("one just sent is there at once", () => {
    expect(ownQuestions({}, [pending(ask, "sending")])).toEqual([
      { id: "q1", text: "mine", at: 50, state: "new", delivery: { state: "sending", command: "C" } },
    ]);
  });

  test("the hub's word replaces mine, and the delivery stays while it is told", () => {
    const mine = { asked: { q1: { text: "mine", at: 60, state: "pending" as const } } };
    expect(ownQuestions(mine, [pending(ask, "safe", { level: "embedded" })])).toEqual([
      {
        id: "q1",
        text: "mine",
        at: 60,
        state: "pending",
        delivery: { state: "safe", command: "C", level: "embedded" },
      },
    ]);
    expect(ownQuestions(mine, [])[0]).not.toHaveProperty("delivery");
  });

  test("an edit on its way is shown, a refused one is not", () => {
    const mine = { asked: { q1: { text: "old", at: 1, state: "live" as const } } };
    const edit = { type: "question.edit", id: "q1", text: "new" };
    expect(ownQuestions(mine, [pending(edit)])[0]?.text).toBe("new");
    const refused = ownQuestions(mine, [pending(edit, "refused", { reason: "has-votes" })])[0];
    expect(refused).toMatchObject({ text: "old", delivery: { state: "refused", reason: "has-votes" } });
  });

  test("withdrawn ones are gone, the newest stand first", () => {
    const mine = {
      asked: {
        a: { text: "a", at: 1, state: "live" as const },
        b: { text: "b", at: 2, state: "withdrawn" as const },
        c: { text: "c", at: 3, state: "dismissed" as const },
      },
    };
    expect(ownQuestions(mine, []).map((q) => q.id)).toEqual(["c", "a"]);
  });
});

describe("my vote", () => {
  const vote = (on: boolean, state: Pending["state"], offset?: number) =>
    pending({ type: "question.vote", id: "q", on }, state, offset === undefined ? {} : { offset });
  const votes = (n: number) => ({ n });

  test("counts at once, and once only", () => {
    expect(ownVote(votes(4), "none", undefined, 10)).toEqual({ stance: "none", n: 4, down: 0 });
    expect(ownVote(votes(4), "none", vote(true, "sending"), 10)).toMatchObject({ stance: "up", n: 5 });
    expect(ownVote(votes(4), "none", vote(true, "safe", 12), 10)).toMatchObject({ stance: "up", n: 5 });
    expect(ownVote(votes(5), "up", vote(true, "safe", 12), 12)).toMatchObject({ stance: "up", n: 5 });
    expect(ownVote(votes(5), "up", undefined, 12)).toEqual({ stance: "up", n: 5, down: 0 });
  });

  test("that is taken back leaves at once", () => {
    expect(ownVote(votes(5), "up", vote(false, "sent"), 10)).toMatchObject({ stance: "none", n: 4 });
    expect(ownVote(votes(5), "none", vote(false, "safe", 12), 11)).toMatchObject({ stance: "none", n: 4 });
  });

  test("that was acknowledged before its count came still counts", () => {
    expect(ownVote(votes(4), "up", vote(true, "safe", 12), 11)).toMatchObject({ stance: "up", n: 5 });
  });

  test("that is refused falls back to what the hub has", () => {
    expect(ownVote(votes(4), "none", vote(true, "refused"), 10)).toMatchObject({ stance: "none", n: 4 });
  });

  test("that changed nothing changes no count", () => {
    expect(ownVote(votes(4), "up", vote(true, "sent"), 10)).toMatchObject({ stance: "up", n: 4 });
  });

  test("against leaves the one side for the other", () => {
    const against = pending({ type: "question.vote", id: "q", on: true, down: true }, "sending");
    expect(ownVote({ n: 5, down: 1 }, "up", against, 10)).toMatchObject({ stance: "down", n: 4, down: 2 });
    expect(ownVote({ n: 5, down: 1 }, "none", against, 10)).toMatchObject({ stance: "down", n: 5, down: 2 });
  });

  test("for one of those that were merged is a vote for the whole", () => {
    const q = { text: "t", at: 1, state: "live" as const, merged: ["b", "c"] };
    expect(storedStance({ vote: { b: { on: true } } }, "a", q)).toBe("up");
    expect(storedStance({ vote: { a: { on: true, down: true }, c: { on: true } } }, "a", q)).toBe("up");
    expect(storedStance({ vote: { a: { on: true, down: true } } }, "a", q)).toBe("down");
    expect(storedStance({ vote: { d: { on: true } } }, "a", q)).toBe("none");
  });
});

test("my answer is my last wish, unless it was refused", () => {
  const mine = { answer: { p: { choice: [1] } } };
  const change = (state: Pending["state"]) => pending({ type: "poll.vote", id: "p", choice: [2, 3] }, state);
  expect(ownAnswer(mine, [], "p")).toEqual({ answer: { choice: [1] } });
  expect(ownAnswer(mine, [change("sent")], "p").answer).toEqual({ choice: [2, 3] });
  expect(ownAnswer(mine, [change("refused")], "p").answer).toEqual({ choice: [1] });
  const back = pending({ type: "poll.vote", id: "p", choice: [] }, "sent");
  expect(ownAnswer(mine, [back], "p").answer).toBeUndefined();
});
