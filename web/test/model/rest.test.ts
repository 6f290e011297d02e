import { describe, expect, test } from "vitest";
import { atLocal, clockOf } from "../../src/model/local.ts";
import {
  announcementsFor,
  changesOf,
  dayAt,
  readCode,
  running,
  type ScheduleDoc,
  type Session,
  slots,
  upcoming,
} from "../../src/model/schedule.ts";
import { remaining } from "../../src/model/session.ts";

const H = 3_600_000;
const session = (start: number, hours: number, more: Partial<Session> = {}): Session => ({
  title: "t",
  start: start * H,
  end: (start + hours) * H,
  room: "r1",
  day: 1,
  state: "planned",
  code: "ABC234",
  ...more,
});

describe("what is left to write", () => {
  test("counts characters as people do", () => {
    expect(remaining("")).toBe(500);
    expect(remaining("añb")).toBe(497);
    expect(remaining("👋🏽👨‍👩‍👧")).toBe(498);
    expect(remaining("x".repeat(503))).toBe(-3);
  });
  test("knows that bytes run out first in some scripts", () => {
    expect(remaining("👨‍👩‍👧".repeat(120))).toBeLessThan(0);
  });
});

describe("the programme", () => {
  const doc: ScheduleDoc = {
    day: { 1: { date: "d", start: 8 * H, end: 18 * H }, 2: { date: "d", start: 32 * H, end: 42 * H } },
    room: { r1: { name: "One", order: 2 }, r2: { name: "Two", order: 1 } },
    session: {
      late: session(11, 1),
      now: session(10, 1),
      off: session(10, 1, { state: "cancelled" }),
      two: session(10, 1, { room: "r2" }),
      next: session(12, 1),
    },
  };
  const all = slots(doc);
  const ids = (found: { id: string }[]) => found.map((s) => s.id);

  test("is sorted by time, then room", () => expect(ids(all)).toEqual(["two", "now", "off", "late", "next"]));
  test("knows what runs and what comes next", () => {
    expect(ids(running(all, 10.5 * H))).toEqual(["two", "now"]);
    expect(ids(upcoming(all, 10.5 * H, 3 * H))).toEqual(["late"]);
    expect(ids(upcoming(all, 5 * H, 3 * H))).toEqual([]);
  });
  test("opens the day that is on, else the next, else the last", () => {
    expect([0, 10, 20, 40, 99].map((h) => dayAt(doc, h * H))).toEqual([1, 1, 2, 2, 2]);
  });
  test("tells what was changed and what only looks so", () => {
    expect(changesOf(session(10, 1, { was: { start: 9 * H, room: "r1" } }))).toEqual({
      cancelled: false,
      start: 9 * H,
    });
    expect(changesOf(session(10, 1, { state: "cancelled" }))).toEqual({ cancelled: true });
  });
  test("announcements reach the session, its room or everybody, until they end", () => {
    const note = (more: object) => ({ text: "x", at: 1, ...more });
    const notes: ScheduleDoc = {
      ...doc,
      announcement: {
        all: note({ at: 1 }),
        mine: note({ session: "now", at: 3 }),
        other: note({ session: "late" }),
        room: note({ room: "r1", at: 2 }),
        far: note({ room: "r2" }),
        over: note({ until: 5 }),
        hot: note({ urgent: true, at: 0 }),
      },
    };
    expect(announcementsFor(notes, "now", 10).map((n) => n.id)).toEqual(["hot", "mine", "room", "all"]);
    expect(announcementsFor(notes, undefined, 10)).toHaveLength(6);
  });
});

test("codes are read however they are typed or pasted", () => {
  for (const input of ["7kxm4p", " 7KX-M4P ", "7kx m4p", "https://x.org/j/7KXM4P", "x.org/j/7kxm4p?y=1"]) {
    expect(readCode(input)).toBe("7KXM4P");
  }
  expect(readCode("7KXM4P99")).toBe("7KXM4P");
});

test("a wall-clock time on the same day, also across a change of the clocks", () => {
  const zone = "Europe/Berlin";
  const noon = Date.UTC(2026, 11, 1, 11);
  expect(clockOf(noon, zone)).toBe("12:00");
  expect(clockOf(atLocal(noon, "14:05", zone), zone)).toBe("14:05");
  expect(atLocal(noon, "14:05", zone) - noon).toBe(125 * 60_000);
  expect(atLocal(noon, "nonsense", zone)).toBe(noon);
  const changeDay = Date.UTC(2026, 9, 25, 10);
  expect(clockOf(atLocal(changeDay, "01:30", zone), zone)).toBe("01:30");
  expect(() => clockOf(noon, "No/Where")).not.toThrow();
});
