import { register, render } from "./core.ts";
import type { base } from "./en/base.ts";
import { staff } from "./en/staff.ts";
import type { Translate } from "./types.ts";

register(staff, {
  ar: async () => (await import("./ar/staff.ts")).staff,
  zh: async () => (await import("./zh/staff.ts")).staff,
  fr: async () => (await import("./fr/staff.ts")).staff,
  ru: async () => (await import("./ru/staff.ts")).staff,
  es: async () => (await import("./es/staff.ts")).staff,
});

/** The words of every page and those of the staff's. */
export const t: Translate<typeof base & typeof staff> = (key, ...args) => render(key, args[0]);
