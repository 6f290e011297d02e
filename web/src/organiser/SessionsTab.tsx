import { useMemo, useState } from "preact/hooks";
import { formatDay } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useNow } from "../live/hooks.ts";
import { conferenceOf, dayAt, days, type Slot, slots } from "../model/schedule.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { find, rooms } from "./find.ts";
import type { Place } from "./place.ts";
import { SessionRow } from "./SessionRow.tsx";
import { Sheet } from "./Sheet.tsx";

/** Every session with what leads into it, and the sheet of codes to print. */
export function SessionsTab({ place }: { place: Place }) {
  const { schedule } = place;
  const all = useMemo(() => slots(schedule), [schedule.session, schedule.room]);
  const [printing, setPrinting] = useState(false);
  if (all.length === 0) {
    return (
      <Empty icon="calendar" title={t("programme.empty")}>
        <a class="button" data-look="primary" href="#programme">
          {t("up.title")}
        </a>
      </Empty>
    );
  }
  if (printing) return <Sheet place={place} all={all} onBack={() => setPrinting(false)} />;
  return <Browser place={place} all={all} onPrint={() => setPrinting(true)} />;
}

interface Props {
  place: Place;
  all: readonly Slot[];
  onPrint: () => void;
}

const PAGE = 60;

function Browser({ place, all, onPrint }: Props) {
  const { schedule } = place;
  const now = useNow(30_000);
  const [wish, setWish] = useState<number>();
  const [query, setQuery] = useState("");
  const [room, setRoom] = useState("");
  const [most, setMost] = useState(PAGE);
  const zone = conferenceOf(schedule)?.zone;
  const day = wish ?? dayAt(schedule, now);
  const found = find(all, schedule, { query, day, room });
  return (
    <div class="stack">
      <div class="filters">
        <label class="finder">
          <Icon name="search" />
          <input
            class="input"
            type="search"
            aria-label={t("programme.find")}
            placeholder={t("programme.find")}
            value={query}
            onInput={(e) => setQuery(e.currentTarget.value)}
          />
        </label>
        <select class="input" aria-label={t("ses.room")} value={room} onChange={(e) => setRoom(e.currentTarget.value)}>
          <option value="">{t("ses.rooms")}</option>
          {rooms(schedule).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <Button onClick={onPrint}>{t("sheet.title")}</Button>
      </div>
      <Days place={place} chosen={query === "" ? day : undefined} onChoose={setWish} zone={zone} />
      {found.length === 0 && <p class="soft">{t("programme.none")}</p>}
      <ul class="slots">
        {found.slice(0, most).map((slot) => (
          <SessionRow key={slot.id} place={place} slot={slot} zone={zone} dated={query !== ""} />
        ))}
      </ul>
      {found.length > most && <Button onClick={() => setMost(most + PAGE)}>{t("more")}</Button>}
      {zone && <p class="soft">{t("programme.zone", { zone })}</p>}
    </div>
  );
}

interface DayProps {
  place: Place;
  chosen: number | undefined;
  onChoose: (day: number) => void;
  zone: string | undefined;
}

function Days({ place, chosen, onChoose, zone }: DayProps) {
  const all = days(place.schedule);
  if (all.length < 2) return null;
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
