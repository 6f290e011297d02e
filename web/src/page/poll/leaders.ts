import type { SessionDoc, SessionMine } from "../../model/session.ts";
import type { Rank } from "../../ui/pictures/Board.tsx";

/** The leaderboard as it is drawn: named people, and teams by their names. Ties share a place. */
export function leaders(doc: SessionDoc, mine: SessionMine = {}): { ranks: Rank[]; teams: Rank[] } {
  const board = doc.leaderboard?.["_"];
  const names = doc.teams?.["_"]?.names ?? [];
  const player = mine.player?.["_"];
  return {
    ranks: (board?.top ?? []).map(({ rank, name, score, offset }, i) => ({
      key: `${i}`,
      place: rank,
      name,
      points: score,
      own: offset !== undefined && offset === player?.offset,
    })),
    teams: (board?.teams ?? []).map(({ team, rank, score }) => ({
      key: `${team}`,
      place: rank,
      name: names[team - 1] ?? "",
      points: score,
      own: team === player?.team,
    })),
  };
}
