import type { State, Weather } from "../state.ts";

const page = (name: string, numbers: Weather, more: Partial<State> = {}): State => ({
  name,
  path: "/ops",
  seat: "attendee",
  there: ".tile",
  numbers,
  ...more,
});

export const ops: readonly State[] = [
  page("calm", "calm", { usual: true }),
  page("slow", "slow"),
  page("restarted", "restarted"),
  page("gone", "gone", { says: /ERR_FAILED/ }),
  page("as tables", "calm", {
    sizes: ["desk"],
    act: async (page) => {
      for (const i of [0, 1, 3]) await page.locator(".chart-head .button").nth(i).click();
    },
  }),
  page("held", "calm", { sizes: ["phone"], act: (page) => page.locator(".bar-tools .button").click() }),
];
