/** Runs a callback soon, at most once per frame; a hidden page gets no frames, so it gets a slow timer. */
export type Schedule = (run: () => void) => void;

export const perFrame: Schedule = (run) => {
  if (document.visibilityState === "visible") requestAnimationFrame(run);
  else setTimeout(run, HIDDEN_EVERY);
};

/** Milliseconds between two renderings of a page that nobody sees. */
const HIDDEN_EVERY = 1_000;

/**
 * A value and who looks at it. `get` is always the newest; listeners hear of it
 * once per frame, however many changes came in between.
 */
export class Store<T> {
  #value: T;
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  #due = false;

  constructor(value: T, schedule: Schedule = perFrame) {
    this.#value = value;
    this.#schedule = schedule;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    if (this.#due) return;
    this.#due = true;
    this.#schedule(() => {
      this.#due = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** Returns the end of the subscription. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Calls at once: for what answers a press of the same person. */
export const atOnce: Schedule = (run) => run();
