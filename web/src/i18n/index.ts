import { register, render } from "./core.ts";
import { base } from "./en/base.ts";
import type { Translate } from "./types.ts";

export { language, speak, start, useLanguage } from "./core.ts";
export * from "./format.ts";
export { type Language, languages } from "./languages.ts";

register(base, {
  ar: async () => (await import("./ar/base.ts")).base,
  zh: async () => (await import("./zh/base.ts")).base,
  fr: async () => (await import("./fr/base.ts")).base,
  ru: async () => (await import("./ru/base.ts")).base,
  es: async () => (await import("./es/base.ts")).base,
});

/** The words of every page. Staff pages have more: `staff.ts`. */
export const t: Translate<typeof base> = (key, ...args) => render(key, args[0]);
