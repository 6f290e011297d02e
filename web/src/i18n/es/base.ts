import { attendee } from "./attendee.ts";
import { common } from "./common.ts";
import { reasons } from "./reasons.ts";

/** What every page loads. */
export const base = { ...common, ...attendee, ...reasons };
