import { t } from "../i18n/staff.ts";
import type { Tone } from "../ui/Chip.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import type { State } from "./judge.ts";

const icons: Readonly<Record<State, IconName>> = {
  ok: "check",
  slow: "clock",
  down: "warn",
  quiet: "hide",
  unknown: "hide",
};
const tones: Readonly<Record<State, Tone | undefined>> = {
  ok: "ok",
  slow: "warn",
  down: "danger",
  quiet: undefined,
  unknown: undefined,
};

/** A state by colour, picture and word. */
export function StateChip({ state }: { state: State }) {
  return (
    <span class="chip state" data-tone={tones[state]}>
      <Icon name={icons[state]} />
      {t(`ops.state.${state}`)}
    </span>
  );
}
