import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { polls } from "./en/polls.ts";
import type { Translate } from "./types.ts";

/** Brings the words of polls in the page's language, where they were not there from the start. */
export const pollWords = register(polls, {
  ar: async () => (await import("./ar/polls.ts")).polls,
  zh: async () => (await import("./zh/polls.ts")).polls,
  fr: async () => (await import("./fr/polls.ts")).polls,
  ru: async () => (await import("./ru/polls.ts")).polls,
  es: async () => (await import("./es/polls.ts")).polls,
});

/** The words of every page and those of polls. */
export const t: Translate<typeof base & typeof polls> = (key, ...args) => render(key, args[0]);
