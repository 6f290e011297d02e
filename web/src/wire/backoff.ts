/** Milliseconds. The first wait is short because most drops are a moment's; the last keeps a hall from storming. */
const FIRST = 1_000;
const LONGEST = 30_000;

/**
 * How long to wait before attempt number `attempt` (from 0): anywhere between 0
 * and a ceiling that doubles ("full jitter"), so that a hall that lost its
 * Wi-Fi does not come back in step.
 */
export function backoff(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10)));
}

/** What a close code asks for. */
export type Verdict = "again" | "again-slowly" | "never";

/** Reasons of a 1008 that another attempt cannot change. */
const FOR_GOOD = new Set(["bad-origin", "bad-pass", "not-allowed", "unknown-version", "hello-first"]);

/** The close codes of majlis.v1: 4500–4999 are final, 4000–4499 and the rest are not. */
export function judge(code: number, reason: string): Verdict {
  if (code >= 4500 && code <= 4999) return "never";
  if (code === 1008) return FOR_GOOD.has(reason) ? "never" : "again-slowly";
  if (code === 1013 || code === 1009 || code === 1007) return "again-slowly";
  return "again";
}
