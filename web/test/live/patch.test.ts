import { describe, expect, test } from "vitest";
import { advance, NOTHING, type Track } from "../../src/live/patch.ts";
import type { Doc, PatchFrame } from "../../src/wire/frames.ts";
import { chance } from "../random.ts";

const patch = (from: number, to: number, doc: Doc, epoch = "e"): PatchFrame => ({
  t: "patch",
  topic: "session/x",
  view: 1,
  epoch,
  from,
  to,
  h: String(to),
  doc,
});
const at = (offset: number, doc: Doc): Track => advance(NOTHING, patch(0, offset, doc)).track;

describe("a frame", () => {
  test("from 0 replaces", () => {
    const { track, verdict } = advance(at(9, { q: { a: { n: 1 } } }), patch(0, 5, { q: { b: { n: 2 } } }, "other"));
    expect(verdict).toBe("applied");
    expect(track).toMatchObject({ epoch: "other", offset: 5, h: "5" });
    expect(track.doc).toEqual({ q: { b: { n: 2 } } });
  });

  test("applies when it reaches over the offset, replacing whole entities", () => {
    const { track, verdict } = advance(at(9, { q: { a: { n: 1, m: 1 } } }), patch(7, 12, { q: { a: { n: 2 } } }));
    expect(verdict).toBe("applied");
    expect(track.offset).toBe(12);
    expect(track.doc).toEqual({ q: { a: { n: 2 } } });
  });

  test("is passed over when all of it is known", () => {
    const before = at(9, { q: {} });
    expect(advance(before, patch(3, 9, { q: { a: null } }))).toEqual({ track: before, verdict: "passed" });
  });

  test("is behind when something before it is missing", () => {
    expect(advance(at(9, {}), patch(10, 12, {})).verdict).toBe("behind");
  });

  test("of another history is foreign", () => {
    expect(advance(at(9, {}), patch(9, 12, {}, "other")).verdict).toBe("foreign");
  });

  test("null takes an entity away, also one that was never here", () => {
    const { track } = advance(at(9, { q: { a: { n: 1 }, b: { n: 2 } } }), patch(9, 10, { q: { a: null, z: null } }));
    expect(track.doc).toEqual({ q: { b: { n: 2 } } });
  });
});

describe("identity", () => {
  test("what a patch does not name stays the same object", () => {
    const before = at(9, { q: { a: { n: 1 }, b: { n: 2 } }, v: { a: { n: 3 } } });
    const { track } = advance(before, patch(9, 10, { q: { a: { n: 9 } } }));
    expect(track.doc["q"]?.["b"]).toBe(before.doc["q"]?.["b"]);
    expect(track.doc["v"]).toBe(before.doc["v"]);
    expect(track.doc["q"]).not.toBe(before.doc["q"]);
  });

  test("a whole document that says the same keeps kinds and entities", () => {
    const before = at(9, { q: { a: { n: 1 }, b: { n: 2 } }, v: { a: { n: 3 } } });
    const { track } = advance(before, patch(0, 12, { q: { a: { n: 1 }, b: { n: 2 } }, v: { a: { n: 4 } } }));
    expect(track.doc["q"]).toBe(before.doc["q"]);
    expect(track.doc["v"]).not.toBe(before.doc["v"]);
  });

  test("the document before is never changed", () => {
    const before = at(9, { q: { a: { n: 1 } } });
    advance(before, patch(9, 10, { q: { a: null, b: { n: 2 } } }));
    expect(before.doc).toEqual({ q: { a: { n: 1 } } });
  });
});

const PROTO = "__proto__";

test("ids that are names of Object.prototype are ids like any other", () => {
  const doc = JSON.parse('{"__proto__":{"__proto__":{"n":1},"constructor":{"n":2}}}') as Doc;
  let track = advance(NOTHING, patch(0, 1, doc)).track;
  track = advance(track, patch(1, 2, JSON.parse('{"__proto__":{"toString":{"n":3}}}') as Doc)).track;
  expect(Object.keys(track.doc)).toEqual([PROTO]);
  expect(Object.keys(track.doc[PROTO] ?? {}).sort()).toEqual(["__proto__", "constructor", "toString"]);
  expect(({} as { n?: unknown }).n).toBeUndefined();
});

/** A history of changes to a small document, and what a server would answer from any offset to any other. */
class History {
  readonly docs: Doc[] = [{}];
  readonly changed = new Map<string, number>();

  step(random: () => number): void {
    const doc = structuredClone(this.docs.at(-1) ?? {}) as Record<string, Record<string, unknown>>;
    const kind = random() < 0.5 ? "q" : "v";
    const id = "abcdef".charAt(Math.floor(random() * 6));
    doc[kind] ??= {};
    if (random() < 0.3) delete doc[kind][id];
    else doc[kind][id] = { n: Math.floor(random() * 3) };
    this.docs.push(doc);
    this.changed.set(`${kind} ${id}`, this.docs.length - 1);
  }

  /** Only right for `to` = now: entities have their present values. */
  since(from: number): PatchFrame {
    const now = this.docs.length - 1;
    const last = this.docs[now] ?? {};
    const doc: Record<string, Record<string, unknown>> = {};
    for (const [key, offset] of this.changed) {
      const [kind = "", id = ""] = key.split(" ");
      if (offset <= from) continue;
      const entity = last[kind]?.[id];
      if (from === 0 && entity === undefined) continue;
      doc[kind] ??= {};
      doc[kind][id] = entity ?? null;
    }
    return patch(from, now, doc);
  }
}

test("whatever frames arrive, repeated, skipped or overlapping, the document is the history's", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = chance(seed);
    const history = new History();
    for (let i = 0; i < 3; i++) history.step(random);
    let track = advance(NOTHING, history.since(0)).track;
    const frames: PatchFrame[] = [];
    for (let i = 0; i < 40; i++) {
      history.step(random);
      const back = Math.floor(random() * 6);
      frames.push(history.since(Math.max(1, history.docs.length - 2 - back)));
      if (random() < 0.4) continue; // lost or late
      const frame = random() < 0.8 ? frames.at(-1) : frames[Math.floor(random() * frames.length)];
      const result = advance(track, frame ?? history.since(0));
      track = result.verdict === "behind" ? advance(track, history.since(track.offset)).track : result.track;
      const now = history.docs[track.offset] ?? {};
      expect(full(track.doc), `seed ${seed}, offset ${track.offset}`).toEqual(full(now));
    }
  }
});

/** Without kinds that are empty. */
function full(doc: Doc): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([, entities]) => Object.keys(entities).length > 0));
}
