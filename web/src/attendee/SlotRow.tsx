import { formatList, formatTime, t } from "../i18n/index.ts";
import { changesOf, roomName, type ScheduleDoc, type Slot } from "../model/schedule.ts";
import { follow } from "../page/route.ts";
import { Chip, LiveChip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";

interface Props {
  doc: ScheduleDoc;
  slot: Slot;
  zone: string | undefined;
  here: string | undefined;
  live: ReadonlySet<string>;
}

/** One line of the programme. A moved session keeps its old time and room in sight, struck through. */
export function SlotRow({ doc, slot: { id, session }, zone, here, live }: Props) {
  const changes = changesOf(session);
  return (
    <li class="slot" data-cancelled={changes.cancelled ? "" : undefined} data-here={id === here ? "" : undefined}>
      <a href={`/s/${id}`} onClick={follow} aria-current={id === here ? "page" : undefined}>
        <span class="slot-time num">
          <strong>{formatTime(session.start, zone)}</strong>
          <span class="soft">{formatTime(session.end, zone)}</span>
          {changes.start !== undefined && <s class="soft">{formatTime(changes.start, zone)}</s>}
        </span>
        <span class="slot-body">
          <span class="slot-title" dir="auto">
            {session.title}
          </span>
          <span class="slot-meta soft">
            <span>
              <bdi>{roomName(doc, session.room)}</bdi>
              {changes.room !== undefined && (
                <>
                  {" "}
                  <s dir="auto">{roomName(doc, changes.room)}</s>
                </>
              )}
            </span>
            {session.speakers && session.speakers.length > 0 && <span>{formatList(session.speakers)}</span>}
          </span>
          <Badges
            cancelled={changes.cancelled}
            moved={changes.start !== undefined}
            room={changes.room !== undefined}
            live={live.has(id)}
            here={id === here}
          />
        </span>
        <Icon name="next" />
      </a>
    </li>
  );
}

interface BadgeProps {
  cancelled: boolean;
  moved: boolean;
  room: boolean;
  live: boolean;
  here: boolean;
}

function Badges({ cancelled, moved, room, live, here }: BadgeProps) {
  if (!cancelled && !moved && !room && !live && !here) return null;
  return (
    <span class="row badges">
      {live && <LiveChip>{t("programme.live")}</LiveChip>}
      {cancelled && <Chip tone="danger">{t("programme.cancelled")}</Chip>}
      {!cancelled && moved && <Chip tone="warn">{t("programme.moved")}</Chip>}
      {!cancelled && room && <Chip tone="warn">{t("programme.room")}</Chip>}
      {here && <Chip tone="accent">{t("programme.here")}</Chip>}
    </span>
  );
}
