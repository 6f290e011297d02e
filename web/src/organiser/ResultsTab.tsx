import { useMemo, useState } from "preact/hooks";
import { formatDayTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useNow } from "../live/hooks.ts";
import { find } from "../model/find.ts";
import { conferenceOf, roomName, type Slot, slots } from "../model/schedule.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { LiveChip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { resultCard } from "./later.ts";
import type { Place } from "./place.ts";
import { fileOf } from "./results.ts";

const PAGE = 40;

/** What sessions brought: those that are live, then those that have begun or were open before, the newest first. */
export function ResultsTab({ place }: { place: Place }) {
  const now = useNow(30_000);
  const [query, setQuery] = useState("");
  const [most, setMost] = useState(PAGE);
  const all = useMemo(() => slots(place.schedule), [place.schedule.session, place.schedule.room]);
  const { live, opened } = place.boards;
  const begun = all
    .filter(({ id, session }) => opened.has(id) || session.start <= now)
    .sort((a, b) => Number(live.has(b.id)) - Number(live.has(a.id)) || b.session.start - a.session.start);
  const found = find(begun, place.schedule, { query, day: undefined, room: "" });
  if (begun.length === 0) {
    return (
      <Empty icon="poll" title={t("res.none")}>
        <p>{t("res.none.lead")}</p>
      </Empty>
    );
  }
  return (
    <div class="stack">
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
      {found.length === 0 && <p class="soft">{t("programme.none")}</p>}
      <ul class="slots">
        {found.slice(0, most).map((slot) => (
          <Row key={slot.id} place={place} slot={slot} />
        ))}
      </ul>
      {found.length > most && <Button onClick={() => setMost(most + PAGE)}>{t("more")}</Button>}
    </div>
  );
}

function Row({ place, slot: { id, session } }: { place: Place; slot: Slot }) {
  const [open, setOpen] = useState(false);
  return (
    <li class="ses">
      <div class="ses-head">
        <span class="slot-body">
          <span class="slot-title" dir="auto">
            {session.title}
          </span>
          <span class="slot-meta soft num">
            <span>{formatDayTime(session.start, conferenceOf(place.schedule)?.zone)}</span>
            <bdi>{roomName(place.schedule, session.room)}</bdi>
          </span>
          {place.boards.live.has(id) && (
            <span class="row badges">
              <LiveChip>{t("programme.live")}</LiveChip>
            </span>
          )}
        </span>
        <span class="row ses-tools">
          <Button
            small
            icon="poll"
            aria-expanded={open}
            aria-label={t("res.show.of", { title: session.title })}
            onClick={() => setOpen(!open)}
          >
            {open ? t("res.hide") : t("res.show")}
          </Button>
          <ButtonLink small href={fileOf(id, "csv")} download={`${id}.csv`}>
            CSV
          </ButtonLink>
          <ButtonLink small href={fileOf(id, "json")} download={`${id}.json`}>
            JSON
          </ButtonLink>
        </span>
      </div>
      {open && <resultCard.View id={id} />}
    </li>
  );
}
