import { describe, expect, it } from "vitest";
import { isUsable, listedPasses, officeOf, type Pass, passState, readScope } from "../../src/model/conference.ts";

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;
const pass = (more: Partial<Pass> = {}): Pass => ({
  role: "moderator",
  scope: "session/opening",
  at: NOW - HOUR,
  until: NOW + 48 * HOUR,
  ...more,
});

describe("the state of an access link", () => {
  it("is good while its end is far", () => expect(passState(pass(), NOW)).toBe("good"));
  it("ends soon on its last day", () => expect(passState(pass({ until: NOW + 24 * HOUR }), NOW)).toBe("ending"));
  it("has ended at its end", () => expect(passState(pass({ until: NOW }), NOW)).toBe("ended"));
  it("stays withdrawn, also past its end", () =>
    expect(passState(pass({ until: NOW - 1, revoked: NOW - HOUR }), NOW)).toBe("revoked"));
  it("opens something until its end", () =>
    expect((["good", "ending", "ended", "revoked"] as const).filter(isUsable)).toEqual(["good", "ending"]));
});

describe("the list of access links", () => {
  it("has those that open something first, and the newest first", () => {
    const doc = {
      pass: {
        a: pass({ at: 1 }),
        b: pass({ at: 3, revoked: 4 }),
        c: pass({ at: 2 }),
        d: pass({ at: 2 }),
        e: pass({ at: 9, until: NOW - 1 }),
      },
    };
    expect(listedPasses(doc, NOW).map((p) => p.id)).toEqual(["d", "c", "a", "e", "b"]);
  });
  it("is empty before the first", () => expect(listedPasses({}, NOW)).toEqual([]));
});

describe("a scope", () => {
  it("names its kind and id", () => expect(readScope("room/hall-1")).toEqual({ kind: "room", id: "hall-1" }));
  it.each(["", "room", "room/", "desk/1", "room/a/b"])("that is not known is none: %j", (scope) =>
    expect(readScope(scope)).toBeUndefined(),
  );
});

it("a conference without settings opens nothing by itself", () =>
  expect(officeOf({})).toEqual({ code: "", autoopen: false }));
