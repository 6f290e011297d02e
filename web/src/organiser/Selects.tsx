import { formatDay, formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { rooms } from "../model/find.ts";
import { conferenceOf, days, type ScheduleDoc, slots } from "../model/schedule.ts";
import { Choice, type Option } from "../ui/Choice.tsx";
import type { Place } from "./place.ts";

interface Props {
  place: Place;
  value: string;
  onChoose: (id: string) => void;
}

const nothing = (): Option => ({ key: "", label: t("choose") });

export const roomOptions = (doc: ScheduleDoc): Option[] => rooms(doc).map(({ id, name }) => ({ key: id, label: name }));

export function RoomSelect({ place, value, onChoose }: Props) {
  const options = [nothing(), ...roomOptions(place.schedule)];
  return <Choice label={t("scope.room")} options={options} chosen={value} onChoose={onChoose} />;
}

/** Sessions by day. */
export function SessionSelect({ place, value, onChoose }: Props) {
  const zone = conferenceOf(place.schedule)?.zone;
  const all = slots(place.schedule);
  const groups = days(place.schedule).map(({ n, day }) => ({
    label: formatDay(day.start, zone),
    options: all
      .filter(({ session }) => session.day === n)
      .map(({ id, session }) => ({ key: id, label: `${formatTime(session.start, zone)} ${session.title}` })),
  }));
  return <Choice label={t("scope.session")} options={[nothing(), ...groups]} chosen={value} onChoose={onChoose} />;
}
