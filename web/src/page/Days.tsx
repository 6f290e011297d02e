import { formatDay, t } from "../i18n/index.ts";
import { conferenceOf, days, type ScheduleDoc } from "../model/schedule.ts";

interface Props {
  doc: ScheduleDoc;
  /** None while words are looked for on every day. */
  chosen: number | undefined;
  onChoose: (day: number) => void;
}

/** The days of a programme, to choose one; a programme of one day has nothing to choose. */
export function Days({ doc, chosen, onChoose }: Props) {
  const all = days(doc);
  if (all.length < 2) return null;
  const zone = conferenceOf(doc)?.zone;
  return (
    <nav class="days" aria-label={t("programme.days")}>
      {all.map(({ n, day }) => (
        <button
          key={n}
          type="button"
          class="day"
          aria-current={n === chosen ? "date" : undefined}
          onClick={() => onChoose(n)}
        >
          {formatDay(day.start, zone)}
        </button>
      ))}
    </nav>
  );
}
