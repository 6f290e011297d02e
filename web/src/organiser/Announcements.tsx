import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { rooms } from "../model/find.ts";
import { type Announcement, announcementsFor, conferenceOf, roomName } from "../model/schedule.ts";
import { AnnounceForm } from "../page/AnnounceForm.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import type { Place } from "./place.ts";

interface Props {
  place: Place;
  programme: Topic;
}

/** Tells the whole conference or one room something, on every phone and screen. */
export function Announcements({ place, programme }: Props) {
  const audiences = [
    { key: "", label: t("post.to.all") },
    ...rooms(place.schedule).map(({ id, name }) => ({ key: id, label: name, room: id })),
  ];
  return (
    <section class="card stack" aria-labelledby="post">
      <h2 id="post">{t("post.title")}</h2>
      <AnnounceForm programme={programme} audiences={audiences} />
      <Current place={place} programme={programme} />
    </section>
  );
}

function Current({ place, programme }: Props) {
  const act = useDo(programme);
  const now = useNow(30_000);
  const notes = announcementsFor(place.schedule, undefined, now);
  if (notes.length === 0) return null;
  const withdraw = (id: string): void => {
    act({ type: "announcement.withdraw", id });
    toast(t("post.withdrawn"));
  };
  return (
    <>
      <h3>{t("post.current")}</h3>
      <ul class="notes">
        {notes.map(({ id, note }) => (
          <li key={id}>
            <Icon name={note.urgent ? "warn" : "bell"} />
            <div class="grow stack tight">
              <p dir="auto">{note.text}</p>
              <p class="row">
                {note.urgent && <Chip tone="danger">{t("post.urgent")}</Chip>}
                <Chip>
                  <bdi>{audience(place, note)}</bdi>
                </Chip>
                {note.until !== undefined && (
                  <span class="soft num">
                    {t("acc.until", { when: formatTime(note.until, conferenceOf(place.schedule)?.zone) })}
                  </span>
                )}
              </p>
            </div>
            <Button small look="plain" onClick={() => withdraw(id)}>
              {t("post.withdraw")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function audience({ schedule }: Place, note: Announcement): string {
  if (note.session !== undefined) return schedule.session?.[note.session]?.title ?? note.session;
  return note.room === undefined ? t("post.to.all") : roomName(schedule, note.room);
}
