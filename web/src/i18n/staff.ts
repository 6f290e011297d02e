import { register, render } from "./core.ts";
import { enStaff } from "./en.staff.ts";
import type { en } from "./en.ts";
import type { Translate } from "./types.ts";

register(enStaff, { ar: async () => (await import("./ar.staff.ts")).arStaff });

/** The words of every page and those of the staff's. */
export const t: Translate<typeof en & typeof enStaff> = (key, ...args) => render(key, args[0]);
