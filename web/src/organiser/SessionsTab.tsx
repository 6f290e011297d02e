import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useNow } from "../live/hooks.ts";
import { find } from "../model/find.ts";
import { conferenceOf, dayAt, type Slot, slots } from "../model/schedule.ts";
import { Days } from "../page/Days.tsx";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { Choice } from "../ui/Choice.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import type { Place } from "./place.ts";
import { roomOptions } from "./Selects.tsx";
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
        <ButtonLink look="primary" href="#programme">
          {t("up.title")}
        </ButtonLink>
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
        <SearchField label={t("programme.find")} value={query} onInput={setQuery} />
        <Choice
          bare
          label={t("ses.room")}
          options={[{ key: "", label: t("ses.rooms") }, ...roomOptions(schedule)]}
          chosen={room}
          onChoose={setRoom}
        />
        <Button onClick={onPrint}>{t("sheet.title")}</Button>
      </div>
      <Days doc={schedule} chosen={query === "" ? day : undefined} onChoose={setWish} />
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
