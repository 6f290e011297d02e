import type { Page } from "@playwright/test";
import type { conference } from "./data.ts";
import type { Docs, FakeHub, Seat } from "./fake.ts";
import type { Size } from "./looks.ts";

/** What a page looks like at a moment: what the hub has told it, and what was done on it. */
export interface State {
  /** The heading of its pictures. */
  readonly name: string;
  readonly path: string;
  readonly seat: Seat;
  /** What is there when the page is. */
  readonly there: string;
  /** The usual picture of a page: drawn in every look, in all languages. */
  readonly usual?: true;
  /** Where it is worth a picture; everywhere unless it says so. */
  readonly sizes?: readonly Size[];
  /** As it comes out of a printer. */
  readonly paper?: true;
  readonly change?: (world: World) => unknown;
  /** What REST answers instead; "never" is no answer at all. */
  readonly rest?: (at: URL) => Answer | "never" | undefined;
  /** What the hub is like before the page comes. */
  readonly hub?: (hub: FakeHub) => unknown;
  readonly act?: (page: Page, hub: FakeHub) => Promise<unknown>;
  /** What the browser says of it, rightly. */
  readonly says?: RegExp;
  /** Its clock is played: seconds of numbers, by what happens to the hub. */
  readonly numbers?: Weather;
}

export type Weather = "calm" | "slow" | "restarted" | "gone";

export interface Answer {
  status?: number;
  json: unknown;
}

export interface World {
  readonly now: number;
  /** What may be changed of the board, kind by kind. */
  readonly board: Board;
  readonly mine: Board;
  readonly schedule: ReturnType<typeof conference>;
  readonly topics: Docs;
}

export type Board = Record<string, Record<string, object>>;

export const rules = ({ board }: World, more: object): unknown => Object.assign(board["session"]?.["_"] ?? {}, more);
export const onStage = ({ board }: World, more: object): unknown => Object.assign(board["stage"]?.["_"] ?? {}, more);

/** Nobody has asked, and nothing is polled. */
export function empty(world: World): void {
  for (const kind of ["question", "votes", "poll", "tally", "translation", "step", "ledger", "balance"])
    world.board[kind] = {};
  for (const kind of ["asked", "vote", "answer"]) world.mine[kind] = {};
  onStage(world, { question: null, poll: null });
}

export const tab =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.locator(`#tab-${name}`).click();

/** The line goes down, and the page says so. */
export const cut =
  (said: string) =>
  async (page: Page, hub: FakeHub): Promise<void> => {
    hub.shut = true;
    hub.drop();
    await page.locator(said).waitFor({ timeout: 15_000 });
  };
