import { useEffect, useState } from "preact/hooks";
import { getSessions } from "../live/api.ts";

/** Milliseconds between two looks: whether a board is open stands in its session's topic, and one page cannot watch them all. */
const EVERY = 15_000;
const NONE: ReadonlySet<string> = new Set();

/** Which boards are open. Of a hub that cannot be reached, the last that was known. */
export function useLiveBoards(conference: string): ReadonlySet<string> {
  const [live, set] = useState(NONE);
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      const found = await getSessions(conference).catch(() => undefined);
      if (found && !gone) set(new Set(found.items.filter((s) => s.live).map((s) => s.id)));
    };
    void look();
    const timer = setInterval(() => void look(), EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [conference]);
  return live;
}
