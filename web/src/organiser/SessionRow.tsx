import { useState } from "preact/hooks";
import { formatDay, formatList, formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { changesOf, roomName, type Slot } from "../model/schedule.ts";
import { Button } from "../ui/Button.tsx";
import { Chip, LiveChip } from "../ui/Chip.tsx";
import type { Place } from "./place.ts";
import { SessionLinks } from "./SessionLinks.tsx";

interface Props {
  place: Place;
  slot: Slot;
  zone: string | undefined;
  /** The list spans days, so each row names its own. */
  dated: boolean;
}

/** One session of the list; its links unfold beneath it. */
export function SessionRow({ place, slot: { id, session }, zone, dated }: Props) {
  const [open, setOpen] = useState(false);
  const changes = changesOf(session);
  return (
    <li class="ses" data-cancelled={changes.cancelled ? "" : undefined}>
      <div class="ses-head">
        <span class="slot-time num">
          {dated && <span class="soft">{formatDay(session.start, zone)}</span>}
          <strong>{formatTime(session.start, zone)}</strong>
          <span class="soft">{formatTime(session.end, zone)}</span>
          {changes.start !== undefined && <s class="soft">{formatTime(changes.start, zone)}</s>}
        </span>
        <span class="slot-body">
          <span class="slot-title" dir="auto">
            {session.title}
          </span>
          <span class="slot-meta soft">
            <bdi>{roomName(place.schedule, session.room)}</bdi>
            {changes.room !== undefined && <s dir="auto">{roomName(place.schedule, changes.room)}</s>}
            {session.speakers && session.speakers.length > 0 && <span>{formatList(session.speakers)}</span>}
          </span>
          <span class="row badges">
            {place.boards.live.has(id) && <LiveChip>{t("programme.live")}</LiveChip>}
            {changes.cancelled && <Chip tone="danger">{t("programme.cancelled")}</Chip>}
            {!changes.cancelled && changes.start !== undefined && <Chip tone="warn">{t("programme.moved")}</Chip>}
            {!changes.cancelled && changes.room !== undefined && <Chip tone="warn">{t("programme.room")}</Chip>}
          </span>
        </span>
        <span class="row ses-tools">
          <span class="code ses-code" translate={false} title={t("share.code")}>
            {session.code}
          </span>
          <Button
            small
            icon="link"
            aria-expanded={open}
            aria-label={t("ses.links.of", { title: session.title })}
            onClick={() => setOpen(!open)}
          >
            {t("ses.links")}
          </Button>
        </span>
      </div>
      {open && <SessionLinks place={place} id={id} code={session.code} />}
    </li>
  );
}
