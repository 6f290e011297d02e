import { register, render } from "./core.ts";
import { en } from "./en.ts";
import type { Translate } from "./types.ts";

export { language, speak, start, useLanguage } from "./core.ts";
export * from "./format.ts";
export { type Language, languages } from "./languages.ts";

register(en, { ar: async () => (await import("./ar.ts")).ar });

/** The words of every page. Staff pages have more: `staff.ts`. */
export const t: Translate<typeof en> = (key, ...args) => render(key, args[0]);
