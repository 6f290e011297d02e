/** ok; slow: people begin to notice; down: it does not work; quiet: nothing happens; unknown: nobody says. */
export type State = "ok" | "slow" | "down" | "quiet" | "unknown";

/** Milliseconds. What an operator is promised: docs and alerts use the same two. */
export const APPEND_LIMIT = 250;
export const DELIVERY_LIMIT = 1_000;
/** Times the limit at which nobody would call it working. */
const FAR_OVER = 10;

/** A latency against its limit. Failed writes are worse than slow ones. */
export function judgeLatency(p99: number | null, limit: number, failures: number | null = null): State {
  if (failures !== null && failures > 0) return "down";
  if (p99 === null) return "quiet";
  if (p99 <= limit) return "ok";
  return p99 <= limit * FAR_OVER ? "slow" : "down";
}

/** Commands a second against those that the log did not take. */
export function judgeCommands(accepted: number | null, retried: number | null): State {
  if (accepted === null) return "quiet";
  if (retried === null || retried === 0) return "ok";
  return accepted === 0 ? "down" : "slow";
}

/** A few refusals are people who press too late. More than half of all commands is a fault somewhere. */
const SOME_REFUSALS = 1;

export function judgeRefusals(refused: number | null, accepted: number | null): State {
  if (refused === null) return "quiet";
  return refused > SOME_REFUSALS && refused > (accepted ?? 0) ? "slow" : "ok";
}

/** Milliseconds without an answer: one is asked for each second. */
export const LATE = 3_000;
export const GONE = 6_000;

export function judgeAge(age: number): State {
  if (age <= LATE) return "ok";
  return age <= GONE ? "slow" : "down";
}
