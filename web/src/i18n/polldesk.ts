import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { polldesk } from "./en/polldesk.ts";
import type { polls } from "./en/polls.ts";
import type { staff } from "./en/staff.ts";
import type { Translate } from "./types.ts";
import "./polls.ts";

/** Brings the words of polls and of those who run them in the page's language. */
export const pollDeskWords = register(polldesk, {
  ar: async () => (await import("./ar/polldesk.ts")).polldesk,
  zh: async () => (await import("./zh/polldesk.ts")).polldesk,
  fr: async () => (await import("./fr/polldesk.ts")).polldesk,
  ru: async () => (await import("./ru/polldesk.ts")).polldesk,
  es: async () => (await import("./es/polldesk.ts")).polldesk,
});

/** The words of the staff's pages, of polls, and of those who run them. */
export const t: Translate<typeof base & typeof staff & typeof polls & typeof polldesk> = (key, ...args) =>
  render(key, args[0]);
