import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { desk } from "./en/desk.ts";
import type { extra } from "./en/extra.ts";
import "./extra.ts";
import type { Translate } from "./types.ts";

/** Brings these words in the page's language, where they were not there from the start. */
export const deskWords = register(desk, {
  ar: async () => (await import("./ar/desk.ts")).desk,
  zh: async () => (await import("./zh/desk.ts")).desk,
  fr: async () => (await import("./fr/desk.ts")).desk,
  ru: async () => (await import("./ru/desk.ts")).desk,
  es: async () => (await import("./es/desk.ts")).desk,
});

/** The words of every page, of translations and of reactions, and those of who works on them. */
export const t: Translate<typeof base & typeof extra & typeof desk> = (key, ...args) => render(key, args[0]);
