import { t } from "../i18n/staff.ts";
import { duration, lasted, short } from "./format.ts";
import { type History, type Line, most, recent } from "./history.ts";
import {
  APPEND_LIMIT,
  DELIVERY_LIMIT,
  judgeAge,
  judgeCommands,
  judgeLatency,
  judgeRefusals,
  type State,
} from "./judge.ts";

export interface Tile {
  readonly name: "connections" | "commands" | "append" | "delivery" | "refusals" | "age";
  readonly state: State;
  readonly value: string;
  readonly more: string;
}

/** Seconds over which a rate is told: a single second flickers. */
const STEADY = 5;
const DASH = "–";

/** The big numbers. Once the hub is gone only the age is known; the rest would be a claim about now. */
export function tilesOf({ points }: History, age: number | null, gone: boolean): readonly Tile[] {
  const now = (line: Line): number | null => (gone ? null : recent(points, line, STEADY));
  const peak = (line: Line, words: (n: number) => string): string => {
    const value = most(points, line);
    return value === null ? "" : t("ops.most", { value: words(value) });
  };
  const latest = (line: Line): number | null => (gone ? null : (points.at(-1)?.[line] ?? null));
  const [connections, commands, refused] = [latest("connections"), now("accepted"), now("refused")];
  const [append, delivery] = [latest("appendP99"), latest("deliveryP99")];
  const tiles: readonly Tile[] = [
    {
      name: "connections",
      state: connections === null ? "quiet" : "ok",
      value: say(connections, short),
      more: peak("connections", short),
    },
    {
      name: "commands",
      state: judgeCommands(commands, now("retried")),
      value: say(commands, short),
      more: peak("accepted", short),
    },
    {
      name: "append",
      state: judgeLatency(append, APPEND_LIMIT, now("failed")),
      value: say(append, duration),
      more: limit(latest("appendP50"), APPEND_LIMIT),
    },
    {
      name: "delivery",
      state: judgeLatency(delivery, DELIVERY_LIMIT),
      value: say(delivery, duration),
      more: limit(latest("deliveryP50"), DELIVERY_LIMIT),
    },
    {
      name: "refusals",
      state: judgeRefusals(refused, commands),
      value: say(refused, short),
      more: peak("refused", short),
    },
    { name: "age", state: age === null ? "quiet" : judgeAge(age), value: say(age, wholeSeconds), more: "" },
  ];
  return gone ? tiles.map((tile) => (tile.name === "age" ? tile : { ...tile, state: "unknown" })) : tiles;
}

/** Seconds that are read at a glance; beyond it minutes are. */
const MANY_SECONDS = 100;

/** A hub that answers in time has data of the last second; less would only flicker. */
function wholeSeconds(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < MANY_SECONDS ? duration(seconds * 1_000) : lasted(seconds);
}

const say = (n: number | null, words: (n: number) => string): string => (n === null ? DASH : words(n));

function limit(p50: number | null, most: number): string {
  const limited = t("ops.limit", { value: duration(most) });
  return p50 === null ? limited : `${t("ops.p50", { value: duration(p50) })} · ${limited}`;
}

const RANK: readonly State[] = ["unknown", "quiet", "ok", "slow", "down"];

/** The worst of all: what the header shows. */
export function worst(tiles: readonly Tile[]): State {
  return tiles.reduce<State>((w, { state }) => (RANK.indexOf(state) > RANK.indexOf(w) ? state : w), "quiet");
}
