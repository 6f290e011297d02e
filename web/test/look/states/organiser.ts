import type { Page } from "@playwright/test";
import { REFUSED } from "../organiser.data.ts";
import type { State, World } from "../state.ts";

const D = 86_400_000;
const on = (hash: string) => ({ path: `/o/waters#${hash}`, seat: "moderator", there: ".desk-panel" }) as const;

const choose = async (page: Page): Promise<void> => {
  const buffer = Buffer.from("{}");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "waters-2026-v3.json", mimeType: "application/json", buffer });
  await page.locator(".diff-chip, .banner").first().waitFor();
};
const unfold = (page: Page): Promise<void> => page.locator(".ses-tools .button[aria-expanded]").first().click();
const printed = (page: Page): Promise<void> => page.locator(".filters > .button").click();
const lists = ({ topics }: World): unknown =>
  Object.assign(topics["conference/waters"]?.doc ?? {}, {
    words: { "ar-1": { lang: "ar", n: 240 }, "en-1": { lang: "en", n: 1_000 }, "en-2": { lang: "en", n: 61 } },
  });
const without =
  (kind: string) =>
  ({ topics }: World): unknown =>
    Object.assign(topics["conference/waters"]?.doc ?? {}, { [kind]: {} });

export const organiser: readonly State[] = [
  { name: "programme", ...on("programme"), usual: true },
  { name: "what a file would change", ...on("programme"), usual: true, act: choose },
  {
    name: "a file that is refused",
    ...on("programme"),
    act: choose,
    rest: ({ pathname }) => (pathname.endsWith("/programme") ? { status: 422, json: REFUSED } : undefined),
    says: /422/,
  },
  {
    name: "applied",
    ...on("programme"),
    act: async (page) => {
      await choose(page);
      await page.locator(".apply .button[data-look=primary]").click();
    },
  },
  { name: "sessions", ...on("sessions"), usual: true },
  { name: "a session's links", ...on("sessions"), act: unfold },
  {
    name: "no sessions",
    ...on("sessions"),
    change: ({ schedule }) => Object.assign(schedule, { session: {}, room: {}, day: {} }),
  },
  { name: "codes to print", ...on("sessions"), act: printed },
  { name: "codes on paper", ...on("sessions"), sizes: ["desk"], act: printed, paper: true },
  { name: "access", ...on("access"), usual: true },
  {
    name: "a new access link",
    ...on("access"),
    rest: ({ pathname, origin }) =>
      pathname.endsWith("/passes")
        ? {
            status: 201,
            json: {
              id: "x",
              link: `${origin}/enter#${"eyJhbGciOiJIUzI1NiJ9".repeat(9)}`,
              role: "moderator",
              scope: "x",
              until: Date.now() + 2 * D,
            },
          }
        : undefined,
    act: async (page) => {
      await page.locator(".new-pass .segments").nth(1).locator("label").nth(2).click();
      await page.locator(".new-pass > .button[data-look=primary]").click();
      await page.locator(".link-box").waitFor();
    },
  },
  {
    name: "an access link is withdrawn",
    ...on("access"),
    act: (page) => page.locator(".pass .button").first().click(),
  },
  { name: "no access links", ...on("access"), change: without("pass") },
  {
    name: "results",
    ...on("results"),
    usual: true,
    act: (page) => page.locator(".ses-tools .button").first().click(),
  },
  { name: "settings and word lists", ...on("settings"), usual: true, change: lists },
  {
    name: "a word list is made",
    ...on("settings"),
    change: lists,
    act: async (page) => {
      await page.locator("section[aria-labelledby=words] textarea").fill("spam\nscam\nرسائل مزعجة");
      await page.locator("section[aria-labelledby=words]").scrollIntoViewIfNeeded();
    },
  },
  { name: "settings, no word lists", ...on("settings") },
  {
    name: "no access here",
    ...on("programme"),
    there: ".empty",
    change: ({ topics }) => delete topics["conference/waters"],
    hub: (hub) => {
      hub.missing = "not-allowed";
    },
  },
];
