import { describe, expect, test } from "vitest";
import { type Kind, kinds, type Poll } from "../../../src/model/poll.ts";
import { blank, formOf, hasOptions, type PollForm, partsOf, withKind } from "../../../src/model/pollform.ts";
import { moved, runSheet } from "../../../src/model/sheet.ts";

const form = (kind: Kind, more: Partial<PollForm> = {}): PollForm => ({
  ...blank(kind),
  title: " T ",
  options: ["a", " ", " b "],
  right: [2],
  ...more,
});
const partsFor = (f: PollForm): Record<string, unknown> => {
  const made = partsOf(f);
  if ("fault" in made) throw new Error(made.fault);
  return made.parts;
};

describe("a poll that is being written", () => {
  test.each(kinds.map((kind) => [kind]))("%s is made of what its kind has", (kind) => {
    const parts = partsFor(form(kind));
    expect(parts).toMatchObject({ kind, title: "T" });
    expect(parts["options"]).toEqual(hasOptions(kind) ? ["a", "b"] : undefined);
    for (const name of ["screen", "fixed", "secs", "bonus"]) expect(parts).not.toHaveProperty(name);
  });
  test("knows which options are right behind those left empty", () => {
    expect(partsFor(form("quiz"))).toMatchObject({ right: [2], min: 1, max: 1 });
    expect(partsFor(form("quiz", { right: [0, 2] }))).toMatchObject({ right: [1, 2], max: 2 });
    expect(partsFor(form("quiz", { bonus: true, secs: 20 }))).toMatchObject({ bonus: true, secs: 20 });
  });
  test("asks for no more than there is", () =>
    expect(partsFor(form("multiple", { min: 3, max: 5 }))).toMatchObject({ min: 2, max: 2 }));
  test("reads numbers in the unit of the poll", () =>
    expect(partsFor(form("number", { decimals: 1, low: "0,5", high: "12", truth: "3.1" }))).toMatchObject({
      decimals: 1,
      low: 5,
      high: 120,
      truth: 31,
    }));
  test.each([
    ["title", form("single", { title: " " })],
    ["options", form("single", { options: ["a", ""] })],
    ["right", form("quiz", { right: [1] })],
    ["ends", form("scale", { ends: ["low", " "] })],
    ["number", form("number", { low: "x" })],
    ["number", form("number", { low: "5", high: "5" })],
  ] as const)("says what is wrong: %s", (fault, wrong) => expect(partsOf(wrong)).toEqual({ fault }));
  test("keeps what was typed when the kind changes", () => {
    const next = withKind(form("quiz", { fixed: true }), "ranking");
    expect([next.kind, next.title, next.options, next.right]).toEqual(["ranking", " T ", ["a", " ", " b "], []]);
  });
  test("comes back from the poll that it made", () => {
    for (const kind of kinds) {
      const parts = partsFor(
        form(kind, { ends: ["no", "yes"], low: "1", high: "9", truth: "3", stop: "en", split: true }),
      );
      const texts = parts["options"] as string[] | undefined;
      const poll = {
        ...parts,
        ...(texts && { options: texts.map((text, i) => ({ id: i + 1, text })) }),
        state: "draft",
        at: 1,
      } as unknown as Poll;
      expect(partsFor(formOf(poll)), kind).toEqual(parts);
    }
  });
});

describe("the run sheet", () => {
  const poll = (state: Poll["state"], more: Partial<Poll> = {}): Poll => ({
    title: "",
    kind: "single",
    state,
    results: "hidden",
    at: 1,
    ...more,
  });
  const doc = {
    poll: {
      a: poll("closed"),
      b: poll("draft"),
      c: poll("open"),
      d: poll("draft"),
      e: poll("archived"),
      f: poll("draft", { in: "d" }),
    },
    sheet: { _: { order: ["d", "a", "f", "e", "c", "b"] } },
  };
  test("has the order of the hub, what is archived apart, and the next draft", () => {
    const { polls, archived, next } = runSheet(doc);
    expect([polls.map((p) => p.id), archived.map((p) => p.id), next?.id]).toEqual([["d", "a", "c", "b"], ["e"], "d"]);
  });
  test("moves one poll, not beyond the ends", () => {
    const { polls } = runSheet(doc);
    expect([moved(polls, "a", -1), moved(polls, "a", 1), moved(polls, "d", -1), moved(polls, "b", 1)]).toEqual([
      ["a", "d", "c", "b"],
      ["d", "c", "a", "b"],
      ["d", "a", "c", "b"],
      ["d", "a", "c", "b"],
    ]);
  });
});
