import { t } from "../i18n/desk.ts";
import { formatNumber } from "../i18n/index.ts";
import { paceOf } from "../model/pulse.ts";

interface Props {
  pace: Readonly<Record<string, number>> | undefined;
  online: number | undefined;
}

/** What the hall says of the pace now, as counts and as parts of those who are here. */
export function Pace({ pace, online }: Props) {
  const said = paceOf(pace);
  const all = Math.max(online ?? 0, ...said.map(({ n }) => n), 1);
  return (
    <section class="pace" aria-label={t("pace.meter")}>
      <span class="pace-title">{t("pace.meter")}</span>
      {said.every(({ n }) => n === 0) && <span class="soft">{t("pace.none")}</span>}
      {said
        .filter(({ n }) => n > 0)
        .map(({ pace: one, n }) => (
          <span key={one} class="pace-one" data-pace={one} style={{ "--p": String(n / all) }}>
            <span>{t(`pace.${one}`)}</span>
            <strong class="num">{formatNumber(n)}</strong>
            <span class="pace-track" aria-hidden="true" />
          </span>
        ))}
    </section>
  );
}
