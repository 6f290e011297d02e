import { Q } from "../data.ts";
import { cut, empty, type State } from "../state.ts";

const board = { path: "/translate/opening", seat: "translator", there: ".work, .empty" } as const;
const all = ".translate-tools [name=show][value=all], .translate-tools input[type=radio]";

export const translate: readonly State[] = [
  { name: "what there is to do, some taken by another", ...board, usual: true },
  {
    name: "taken by me",
    ...board,
    act: async (page, hub) => {
      await page.locator(".work[data-stand=missing] .button[data-look=primary]").first().click();
      const lang = (await page.locator("html").getAttribute("lang"))?.slice(0, 2) ?? "en";
      const until = Date.now() + 112_000;
      hub.tell("session/opening", { lock: { [`${Q(2)}.${lang}`]: { q: Q(2), lang, by: 3, until } } });
      await page.locator(".work textarea").fill("Who pays once the pilot is over?");
    },
  },
  {
    name: "all, with what is done",
    ...board,
    act: (page) => page.locator(all).last().check({ force: true }),
  },
  { name: "none left", ...board, change: empty },
  {
    name: "no access",
    ...board,
    change: ({ topics }) => delete topics["session/opening"],
    hub: (hub) => {
      hub.missing = "not-allowed";
    },
  },
  { name: "offline", ...board, act: cut(".pill[data-phase=offline]") },
];
