import { useEffect, useState } from "preact/hooks";
import { type History, NOTHING, take } from "./history.ts";
import type { Numbers } from "./numbers.ts";

/** Milliseconds between two questions, and how long one may take. */
const EVERY = 1_000;
const WITHIN = 2_500;

/** Outside of the page, so that a change of language does not lose it. */
let kept = NOTHING;

/** What the hub has said in the last 15 minutes, and this device's time; both renewed each second. */
export function useHistory(): { history: History; now: number } {
  const [state, set] = useState({ history: kept, now: Date.now() });
  useEffect(() => {
    let gone = false;
    let asking = false;
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      const numbers = await fetchNumbers();
      asking = false;
      if (gone) return;
      if (numbers) kept = take(kept, numbers, Date.now());
      set({ history: kept, now: Date.now() });
    };
    const tick = (): void => {
      // While one question is still out, only the age of the data changes.
      if (asking) set({ history: kept, now: Date.now() });
      else void ask();
    };
    void ask();
    const timer = setInterval(tick, EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return state;
}

/** Undefined for whatever went wrong: the age of the data says it. */
async function fetchNumbers(): Promise<Numbers | undefined> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WITHIN);
  try {
    const answer = await fetch("/ops/data.json", { cache: "no-store", signal: stop.signal });
    return answer.ok ? ((await answer.json()) as Numbers) : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
