import { expect, test, vi } from "vitest";
import { Clock } from "../../src/live/clock.ts";
import { Store } from "../../src/live/store.ts";

test("the least delayed beat of the last ones sets the clock", () => {
  const clock = new Clock();
  expect(clock.now(500)).toBe(500);
  clock.hear(10_000, 1_000);
  clock.hear(10_900, 2_000);
  clock.hear(0, 3_000);
  expect(clock.now(4_000)).toBe(13_000);
  for (let i = 0; i < 8; i++) clock.hear(100, 100);
  expect(clock.now(4_000)).toBe(4_000);
});

test("a store tells once per frame, with the newest value", () => {
  const frames: (() => void)[] = [];
  const store = new Store(1, (run) => void frames.push(run));
  const heard = vi.fn(() => store.get());
  const end = store.listen(heard);
  store.set(2);
  store.set(3);
  store.set(3);
  expect(frames).toHaveLength(1);
  frames.shift()?.();
  expect(heard.mock.results).toEqual([{ type: "return", value: 3 }]);
  end();
  store.set(4);
  frames.shift()?.();
  expect(heard).toHaveBeenCalledTimes(1);
});
