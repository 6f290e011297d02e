import { t } from "../i18n/staff.ts";
import { useDo, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { announcementsFor } from "../model/schedule.ts";
import { AnnounceForm, type Audience } from "../page/AnnounceForm.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import { type Place, plannedOf } from "./place.ts";

/** Tells people something on their phones and on the screen. */
export function AnnouncePanel({ programme, place }: { programme: Topic; place: Place }) {
  return (
    <section class="card stack" aria-labelledby="post">
      <h2 id="post">{t("post.title")}</h2>
      <AnnounceForm programme={programme} audiences={audiencesOf(place)} />
      <Current programme={programme} place={place} />
    </section>
  );
}

function audiencesOf(place: Place): Audience[] {
  const room = plannedOf(place)?.room;
  return [
    { key: "session", label: t("post.to.session"), session: place.id },
    ...(room === undefined ? [] : [{ key: "room", label: t("post.to.room"), room }]),
    { key: "all", label: t("post.to.all") },
  ];
}

function Current({ programme, place }: { programme: Topic; place: Place }) {
  const act = useDo(programme);
  const now = useNow(30_000);
  const notes = announcementsFor(place.schedule, place.id, now);
  if (notes.length === 0) return null;
  const withdraw = (id: string): void => {
    act({ type: "announcement.withdraw", id });
    toast(t("post.withdrawn"));
  };
  return (
    <>
      <h3>{t("post.current")}</h3>
      <ul class="rows">
        {notes.map(({ id, note }) => (
          <li key={id} class="note">
            <Icon name={note.urgent ? "warn" : "bell"} />
            <span class="grow" dir="auto">
              {note.text}
            </span>
            <Button small look="plain" onClick={() => withdraw(id)}>
              {t("post.withdraw")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
