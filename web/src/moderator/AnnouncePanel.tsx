import { t } from "../i18n/staff.ts";
import { useDo, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { announcementsFor } from "../model/schedule.ts";
import { settingsOf, stageOf } from "../model/session.ts";
import { AnnounceForm, type Audience } from "../page/AnnounceForm.tsx";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import { type Place, plannedOf } from "./place.ts";
import { useWho } from "./staff.ts";

interface Props {
  topic: Topic;
  programme: Topic;
  place: Place;
}

/** Tells people something on their phones and on the screen. */
export function AnnouncePanel({ topic, programme, place }: Props) {
  return (
    <section class="card stack" aria-labelledby="post">
      <h2 id="post">{t("post.title")}</h2>
      <AnnounceForm programme={programme} audiences={audiencesOf(place)} />
      <Current topic={topic} programme={programme} place={place} />
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

function Current({ topic, programme, place }: Props) {
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
            <OnScreen topic={topic} id={id} />
            <Button small look="plain" onClick={() => withdraw(id)}>
              {t("post.withdraw")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where it takes two moderators, one asks for an announcement on the screen and another agrees. */
function OnScreen({ topic, id }: { topic: Topic; id: string }) {
  const act = useDo(topic);
  const doc = useSessionDoc(topic);
  const me = useSessionMine(topic).me?.["_"]?.staff;
  const who = useWho(topic);
  if (!settingsOf(doc).eyes) return null;
  const { note, wishes } = stageOf(doc);
  const wish = wishes?.note?.id === id ? wishes.note : undefined;
  const on = note === id;
  return (
    <>
      {wish && <span class="soft">{t("card.first", { who: who(wish.by) })}</span>}
      <Button
        small
        icon="screen"
        disabled={wish?.by === me && wish !== undefined}
        onClick={() => act({ type: "stage.announce", id, on: !on })}
      >
        {t(on ? "do.unhighlight" : "post.screen")}
      </Button>
    </>
  );
}
