import { t } from "../i18n/staff.ts";
import type { Origin } from "../model/session.ts";
import { Chip } from "../ui/Chip.tsx";

/** Where a question comes from that a moderator entered. */
export function Origins({ from }: { from: Origin | undefined }) {
  return from ? <Chip icon="mic">{t(`question.from.${from}`)}</Chip> : null;
}
