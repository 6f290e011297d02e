import { formatTime, t } from "../i18n/index.ts";
import { Icon } from "./Icon.tsx";

export type Phase = "live" | "connecting" | "waiting" | "ended";

interface Props {
  phase: Phase;
  /** When the hub was last heard, milliseconds; 0 for never. */
  asOf: number;
  /** It has been down for so long that what is shown may be old. */
  stale: boolean;
  /** Seconds until the hub lets this page in; undefined when that is not why it waits. */
  turn?: number | undefined;
}

/** The state of the line in words and colour; small, and it never moves the page. */
export function Pill({ phase, asOf, stale, turn }: Props) {
  const offline = stale && phase !== "live" && phase !== "ended";
  return (
    <span class="pill" data-phase={offline ? "offline" : phase}>
      {phase === "live" ? <span class="dot" /> : <Icon name={phase === "ended" ? "warn" : "clock"} />}
      {turn === undefined ? words(phase, asOf, offline) : t("line.turn", { seconds: turn })}
    </span>
  );
}

function words(phase: Phase, asOf: number, offline: boolean): string {
  if (offline && asOf > 0) return t("line.offline", { time: formatTime(asOf) });
  switch (phase) {
    case "live":
      return t("line.live");
    case "connecting":
      return t("line.connecting");
    case "waiting":
      return t("line.waiting");
    case "ended":
      return t("line.ended");
  }
}
