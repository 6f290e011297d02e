import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { enter } from "./en/enter.ts";
import type { Translate } from "./types.ts";

register(enter, {
  ar: async () => (await import("./ar/enter.ts")).enter,
  zh: async () => (await import("./zh/enter.ts")).enter,
  fr: async () => (await import("./fr/enter.ts")).enter,
  ru: async () => (await import("./ru/enter.ts")).enter,
  es: async () => (await import("./es/enter.ts")).enter,
});

/** The words of every page and those of the page that opens an access link. */
export const t: Translate<typeof base & typeof enter> = (key, ...args) => render(key, args[0]);
