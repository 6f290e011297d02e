import { useState } from "preact/hooks";
import { formatDayTime, formatSpan, t } from "../i18n/index.ts";
import { useNow } from "../live/hooks.ts";
import { announcementsFor, changesOf, conferenceOf, roomName, type ScheduleDoc } from "../model/schedule.ts";
import type { Settings } from "../model/session.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import type { About } from "./Header.tsx";

/** Everything that concerns the session as a whole, most urgent first. */
export function SessionBanners({ about, settings }: { about: About; settings: Settings }) {
  const planned = about.schedule.session?.[about.id];
  const zone = conferenceOf(about.schedule)?.zone ?? about.detail?.zone;
  const start = planned?.start ?? about.detail?.start;
  return (
    <div class="banners">
      <ChangeBanner about={about} />
      <Announcements schedule={about.schedule} session={about.id} />
      {!settings.live && (
        <Banner icon="clock">
          <strong>{t("session.closed")}</strong>
          {start !== undefined && start > Date.now() && (
            <p>{t("session.opens", { time: formatDayTime(start, zone) })}</p>
          )}
        </Banner>
      )}
    </div>
  );
}

function ChangeBanner({ about: { id, schedule } }: { about: About }) {
  const planned = schedule.session?.[id];
  if (!planned) return null;
  const zone = conferenceOf(schedule)?.zone;
  const changes = changesOf(planned);
  if (changes.cancelled) {
    return (
      <Banner tone="danger" icon="warn">
        <strong>{t("change.cancelled")}</strong>
      </Banner>
    );
  }
  if (changes.start === undefined && changes.room === undefined) return null;
  return (
    <Banner tone="warn" icon="bell">
      {changes.start !== undefined && (
        <p>
          <strong>{t("change.time")}: </strong>
          <span class="num">{formatSpan(planned.start, planned.end, zone)}</span>{" "}
          <s class="num">{formatSpan(changes.start, changes.end ?? planned.end, zone)}</s>
        </p>
      )}
      {changes.room !== undefined && (
        <p>
          <strong>{t("change.room")}: </strong>
          <bdi>{roomName(schedule, planned.room)}</bdi> <s dir="auto">{roomName(schedule, changes.room)}</s>
        </p>
      )}
    </Banner>
  );
}

/** Announcements for a session, or for all when there is none; each can be put away on this device. */
export function Announcements({ schedule, session }: { schedule: ScheduleDoc; session?: string }) {
  const now = useNow(30_000);
  const [hidden, setHidden] = useState(readHidden);
  const hide = (id: string): void => {
    const next = [...hidden, id].slice(-50);
    setHidden(next);
    writeHidden(next);
  };
  return announcementsFor(schedule, session, now)
    .filter(({ id }) => !hidden.includes(id))
    .map(({ id, note }) => (
      <Banner
        key={id}
        icon={note.urgent ? "warn" : "bell"}
        tone={note.urgent ? "danger" : "accent"}
        action={<Button look="plain" icon="close" label={t("note.hide")} onClick={() => hide(id)} />}
      >
        <strong class={note.urgent ? undefined : "away"}>{note.urgent ? t("note.urgent") : t("note.title")}</strong>
        <p dir="auto">{note.text}</p>
      </Banner>
    ));
}

const KEY = "majlis.hidden-notes";

function readHidden(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.map(String) : [];
  } catch {
    return [];
  }
}

function writeHidden(ids: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // It comes back with the next load; nothing is lost.
  }
}
