import { expect, test } from "vitest";
import { backoff, judge } from "../../src/wire/backoff.ts";
import { newDevice, newID } from "../../src/wire/ids.ts";

test("the first wait is under a second, the longest under thirty", () => {
  expect(backoff(0, () => 0.999)).toBeLessThan(1_000);
  expect(backoff(0, () => 0)).toBe(0);
  expect(backoff(3, () => 0.999)).toBeGreaterThan(7_000);
  for (const attempt of [5, 12, 1_000]) expect(backoff(attempt, () => 0.999)).toBeLessThan(30_000);
});

test("final codes end, others come back", () => {
  expect(judge(4500, "bad-pass")).toBe("never");
  expect(judge(4999, "")).toBe("never");
  expect(judge(4000, "lagging")).toBe("again");
  expect(judge(1012, "restart")).toBe("again");
  expect(judge(1006, "")).toBe("again");
  expect(judge(1013, "overloaded")).toBe("again-slowly");
  expect(judge(1008, "too-fast")).toBe("again-slowly");
  expect(judge(1008, "bad-origin")).toBe("never");
});

test("ids are ULIDs that sort by time, devices 32 hexadecimal digits", () => {
  const shape = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
  const early = newID(1_790_000_000_000);
  const late = newID(1_790_000_000_001);
  expect(early).toMatch(shape);
  expect(newID()).toMatch(shape);
  expect(early < late).toBe(true);
  expect(newDevice()).toMatch(/^[0-9a-f]{32}$/);
  expect(newDevice()).not.toBe(newDevice());
});
