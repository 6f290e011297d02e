/** Screens give new things their ids; how an id is made belongs to the wire. */
export { newID } from "../wire/ids.ts";
