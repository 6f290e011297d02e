import { formatDayTime, formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";

interface Props {
  zone: string;
  start: number;
  end: number;
  days: number;
  rooms: number;
  sessions: number;
  more: readonly (readonly [name: string, value: string])[];
}

/** A programme in a few figures. */
export function Facts({ zone, start, end, days, rooms, sessions, more }: Props) {
  return (
    <dl class="facts">
      <Fact name={t("fact.sessions")} value={formatNumber(sessions)} big />
      <Fact name={t("fact.rooms")} value={formatNumber(rooms)} big />
      <Fact name={t("fact.days")} value={formatNumber(days)} big />
      {start > 0 && <Fact name={t("fact.first")} value={formatDayTime(start, zone)} />}
      {end > 0 && <Fact name={t("fact.last")} value={formatDayTime(end, zone)} />}
      {zone !== "" && <Fact name={t("fact.zone")} value={zone} />}
      {more.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value, big = false }: { name: string; value: string; big?: boolean }) {
  return (
    <div class="fact" data-big={big ? "" : undefined}>
      <dt class="soft">{name}</dt>
      <dd class="num">
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
