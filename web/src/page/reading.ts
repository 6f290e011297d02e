import { shelf } from "../live/shelf.ts";
import { atOnce, Store } from "../live/store.ts";

const KEY = "majlis.original";

/** How this reader reads what was translated: in their own language alone, or with the original beside it. */
class Reading {
  readonly both = new Store(shelf("localStorage").getItem(KEY) === "on", atOnce);

  turn(on: boolean): void {
    this.both.set(on);
    shelf("localStorage").setItem(KEY, on ? "on" : "off");
  }
}

export const reading = new Reading();
