import { useEffect, useState } from "preact/hooks";
import { getSessions, type SessionItem } from "../live/api.ts";
import type { Boards } from "./place.ts";

/** Milliseconds between two looks: whether a board is open stands in its session's topic, and one page cannot watch them all. */
const EVERY = 15_000;
/** Pages of a list that are read: more sessions than any conference has. */
const MOST_PAGES = 20;
const NONE: Boards = { live: new Set(), opened: new Set() };

/** Which boards are open, or have been. Of a hub that cannot be reached, the last that was known. */
export function useBoards(conference: string): Boards {
  const [boards, set] = useState(NONE);
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      const found = await allSessions(conference).catch(() => undefined);
      if (found && !gone) set(boardsOf(found));
    };
    void look();
    const timer = setInterval(() => void look(), EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [conference]);
  return boards;
}

async function allSessions(conference: string): Promise<SessionItem[]> {
  const all: SessionItem[] = [];
  let after: string | null = "0";
  for (let page = 0; page < MOST_PAGES && after !== null; page++) {
    const { items, next }: Awaited<ReturnType<typeof getSessions>> = await getSessions(conference, after);
    all.push(...items);
    after = next;
  }
  return all;
}

function boardsOf(sessions: readonly SessionItem[]): Boards {
  const ids = (those: (s: SessionItem) => boolean): ReadonlySet<string> =>
    new Set(sessions.filter(those).map((s) => s.id));
  return { live: ids((s) => s.live), opened: ids((s) => s.live || s.opened === true) };
}
