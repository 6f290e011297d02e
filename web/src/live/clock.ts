/** How many beats are remembered. */
const SAMPLES = 8;

/**
 * The server's time. A beat only ever arrives late, so the largest difference
 * of the last few is the nearest to the truth.
 */
export class Clock {
  readonly #samples: number[] = [];

  /** Takes a beat's time; 0 says nothing. */
  hear(at: number, now: number = Date.now()): void {
    if (at <= 0) return;
    this.#samples.push(at - now);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  now(now: number = Date.now()): number {
    return now + (this.#samples.length > 0 ? Math.max(...this.#samples) : 0);
  }
}
