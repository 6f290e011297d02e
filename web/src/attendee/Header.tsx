import { formatDaySpan, formatList, formatSpan, t } from "../i18n/index.ts";
import type { SessionDetail } from "../live/api.ts";
import { useConnection, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { changesOf, conferenceOf, roomName, type ScheduleDoc } from "../model/schedule.ts";
import { type SessionDoc, settingsOf } from "../model/session.ts";
import { ConnectionPill } from "../page/ConnectionPill.tsx";
import { follow } from "../page/route.ts";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";

/** What is known of a session from outside its board. */
export interface About {
  readonly id: string;
  readonly detail: SessionDetail | undefined;
  readonly schedule: ScheduleDoc;
}

export function Header({ about, title, topic }: { about: About; title: string; topic: Topic | undefined }) {
  return (
    <header class="top">
      <div class="column stack">
        <div class="top-bar">
          <a
            class="brand"
            href={about.detail ? `/c/${about.detail.conference}#all` : "/"}
            onClick={follow}
            aria-label={t("session.all")}
          >
            <Logo />
          </a>
          <ConnectionPill />
          <span class="grow" />
          {topic && <Online topic={topic} />}
          <LanguageSelect />
        </div>
        <div class="top-title">
          <h1 tabIndex={-1} dir="auto">
            {title}
          </h1>
          <Meta about={about} />
        </div>
      </div>
    </header>
  );
}

function Online({ topic }: { topic: Topic }) {
  const online = useSelect(topic.state, (s) => s.online);
  const hidden = useSelect(topic.state, (s) => settingsOf(s.doc as SessionDoc).headless === true);
  // Who is here is not known while the line is down, and the pill needs the room.
  const live = useConnection().line.phase === "live";
  if (online === undefined || hidden || !live) return null;
  return (
    <span class="soft online num" title={t("session.online", { n: online })}>
      <Icon name="people" />
      <span aria-hidden="true">{online}</span>
      <span class="away">{t("session.online", { n: online })}</span>
    </span>
  );
}

/** When and where; what was moved shows its old value struck through. */
function Meta({ about: { id, detail, schedule } }: { about: About }) {
  const planned = schedule.session?.[id];
  const zone = conferenceOf(schedule)?.zone ?? detail?.zone;
  const start = planned?.start ?? detail?.start;
  const end = planned?.end ?? detail?.end;
  const changes = planned ? changesOf(planned) : undefined;
  const room = planned ? roomName(schedule, planned.room) : detail?.room;
  const speakers = planned?.speakers ?? detail?.speakers ?? [];
  return (
    <p class="meta">
      {start !== undefined && end !== undefined && (
        <span class="meta-item num">
          <Icon name="clock" />
          {changes?.start !== undefined && <s>{formatSpan(changes.start, changes.end ?? end, zone)}</s>}
          <span>{formatDaySpan(start, end, zone)}</span>
        </span>
      )}
      {room && (
        <span class="meta-item">
          <Icon name="place" />
          {changes?.room !== undefined && <s dir="auto">{roomName(schedule, changes.room)}</s>}
          <bdi>{room}</bdi>
        </span>
      )}
      {speakers.length > 0 && (
        <span class="meta-item">
          <Icon name="people" />
          <span>{formatList(speakers)}</span>
        </span>
      )}
    </p>
  );
}
