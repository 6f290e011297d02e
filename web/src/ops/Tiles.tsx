import { t } from "../i18n/staff.ts";
import { StateChip } from "./StateChip.tsx";
import type { Tile } from "./tiles.ts";

/** One row of big numbers, each with what to think of it. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <ul class="tiles">
      {tiles.map(({ name, state, value, more }) => (
        <li key={name} class="tile" data-state={state}>
          <div class="tile-head">
            <h2>{t(`ops.${name}`)}</h2>
            <StateChip state={state} />
          </div>
          <p class="tile-value num" translate={false}>
            <bdi>{value}</bdi>
          </p>
          <p class="soft num tile-more">{more}</p>
        </li>
      ))}
    </ul>
  );
}
