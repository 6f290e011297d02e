import type { Item, Keep } from "./outbox.ts";

/** What is needed of localStorage. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "majlis.outbox.";
/** Milliseconds after which what nobody delivered is no longer wanted. */
const STALE = 12 * 3_600_000;
/** Without Web Locks (plain http), a tab that did not sign for this long is dead. */
const DEAD_AFTER = 30_000;
const SIGN_EVERY = 10_000;

interface Stored {
  readonly at: number;
  readonly items: readonly Item[];
}

/**
 * Keeps a tab's open commands in localStorage under its device. While there are
 * any, the tab holds a Web Lock of that name; a lock that is free is the proof
 * that its tab is gone, and then exactly one other tab takes its leftovers over.
 */
export class ShelfKeep implements Keep {
  readonly #dev: string;
  readonly #shelf: Shelf;
  readonly #locks: LockManager | undefined;
  #items: readonly Item[] = [];
  #release: (() => void) | undefined;
  #signer: ReturnType<typeof setInterval> | undefined;

  constructor(dev: string, shelf: Shelf, locks: LockManager | undefined) {
    this.#dev = dev;
    this.#shelf = shelf;
    this.#locks = locks;
  }

  save(items: readonly Item[]): void {
    if (items.length === 0 && this.#items.length === 0) return;
    this.#items = items;
    const key = PREFIX + this.#dev;
    if (items.length === 0) {
      quietly(() => this.#shelf.removeItem(key));
      this.#letGo();
      return;
    }
    this.#write();
    this.#hold();
  }

  /** Gives away the leftovers of every tab that is gone. They are removed only once `give` has returned. */
  async adopt(give: (items: readonly Item[]) => void, now: number = Date.now()): Promise<void> {
    for (const dev of this.#others()) {
      const take = (): void => {
        give((this.#read(dev)?.items ?? []).filter((i) => now - i.at < STALE));
        quietly(() => this.#shelf.removeItem(PREFIX + dev));
      };
      if (this.#locks) {
        await this.#locks.request(PREFIX + dev, { ifAvailable: true }, (lock) => {
          if (lock) take();
        });
      } else if (now - (this.#read(dev)?.at ?? 0) > DEAD_AFTER) take();
    }
  }

  #others(): string[] {
    const devs: string[] = [];
    quietly(() => {
      for (let i = 0; i < this.#shelf.length; i++) {
        const key = this.#shelf.key(i);
        if (key?.startsWith(PREFIX) && key !== PREFIX + this.#dev) devs.push(key.slice(PREFIX.length));
      }
    });
    return devs;
  }

  #read(dev: string): Stored | undefined {
    try {
      const stored: unknown = JSON.parse(this.#shelf.getItem(PREFIX + dev) ?? "null");
      return isStored(stored) ? stored : undefined;
    } catch {
      return undefined;
    }
  }

  #write(): void {
    const stored: Stored = { at: Date.now(), items: this.#items };
    quietly(() => this.#shelf.setItem(PREFIX + this.#dev, JSON.stringify(stored)));
  }

  #hold(): void {
    if (this.#release) return;
    const held = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    if (this.#locks) void this.#locks.request(PREFIX + this.#dev, () => held).catch(() => undefined);
    else this.#signer = setInterval(() => this.#write(), SIGN_EVERY);
  }

  #letGo(): void {
    this.#release?.();
    this.#release = undefined;
    clearInterval(this.#signer);
  }
}

function isStored(v: unknown): v is Stored {
  return (
    typeof v === "object" && v !== null && "at" in v && "items" in v && Array.isArray(v.items) && v.items.every(isItem)
  );
}

function isItem(v: unknown): v is Item {
  const item = v as Partial<Item> | null;
  return typeof item?.id === "string" && typeof item.n === "number" && typeof item.cmd?.type === "string";
}

/** A full or forbidden shelf must not stop the page: then commands live in memory only. */
function quietly(run: () => void): void {
  try {
    run();
  } catch (error) {
    console.warn("localStorage:", error);
  }
}
