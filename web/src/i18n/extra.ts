import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { extra } from "./en/extra.ts";
import type { Translate } from "./types.ts";

/** Brings these words in the page's language, where they were not there from the start. */
export const extraWords = register(extra, {
  ar: async () => (await import("./ar/extra.ts")).extra,
  zh: async () => (await import("./zh/extra.ts")).extra,
  fr: async () => (await import("./fr/extra.ts")).extra,
  ru: async () => (await import("./ru/extra.ts")).extra,
  es: async () => (await import("./es/extra.ts")).extra,
});

/** The words of every page, of translations and of reactions. */
export const t: Translate<typeof base & typeof extra> = (key, ...args) => render(key, args[0]);
