import { formatDay, formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { conferenceOf, days, slots } from "../model/schedule.ts";
import { Field } from "../ui/Field.tsx";
import { rooms } from "./find.ts";
import type { Place } from "./place.ts";

interface Props {
  place: Place;
  value: string;
  onChoose: (id: string) => void;
}

export function RoomSelect({ place, value, onChoose }: Props) {
  return (
    <Field label={t("scope.room")}>
      {(described) => (
        <select {...described} class="input" value={value} onChange={(e) => onChoose(e.currentTarget.value)}>
          <option value="">{t("choose")}</option>
          {rooms(place.schedule).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function SessionSelect({ place, value, onChoose }: Props) {
  const zone = conferenceOf(place.schedule)?.zone;
  const all = slots(place.schedule);
  return (
    <Field label={t("scope.session")}>
      {(described) => (
        <select {...described} class="input" value={value} onChange={(e) => onChoose(e.currentTarget.value)}>
          <option value="">{t("choose")}</option>
          {days(place.schedule).map(({ n, day }) => (
            <optgroup key={n} label={formatDay(day.start, zone)}>
              {all
                .filter(({ session }) => session.day === n)
                .map(({ id, session }) => (
                  <option key={id} value={id}>
                    {`${formatTime(session.start, zone)} ${session.title}`}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
