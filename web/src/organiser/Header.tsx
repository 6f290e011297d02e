import { formatDays } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import type { Conference } from "../model/schedule.ts";
import { ConnectionPill } from "../page/ConnectionPill.tsx";
import { LiveChip } from "../ui/Chip.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";

interface Props {
  title: string;
  conference: Conference | undefined;
  /** How many boards are open. */
  live: number;
}

export function Header({ title, conference, live }: Props) {
  return (
    <header class="bar-top no-print">
      <Logo />
      <div class="bar-title">
        <h1 dir="auto">{title}</h1>
        {conference && (
          <p class="soft row num">
            <span>{formatDays(conference.start, conference.end, conference.zone)}</span>
            <bdi dir="ltr">{conference.zone}</bdi>
          </p>
        )}
      </div>
      <div class="row bar-tools">
        {live > 0 && <LiveChip>{t("org.live", { n: live })}</LiveChip>}
        <ConnectionPill />
        <LanguageSelect />
      </div>
    </header>
  );
}
