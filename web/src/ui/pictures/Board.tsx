import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";

/** Somebody's place; ties share one. */
export interface Rank {
  readonly key: string;
  readonly place: number;
  readonly name: string;
  readonly points: number;
  readonly own?: boolean;
}

/** Who leads, with the points of each. */
export function Board({ ranks }: { ranks: readonly Rank[] }) {
  return (
    <ol class="board">
      {ranks.map(({ key, place, name, points, own }) => (
        <li key={key} data-first={place === 1 ? "" : undefined} data-own={own ? "" : undefined}>
          <span class="board-place num">{formatNumber(place)}</span>
          <bdi class="board-name">{name}</bdi>
          <span class="num">{t("quiz.points", { n: points })}</span>
        </li>
      ))}
    </ol>
  );
}
