import { useState } from "preact/hooks";
import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useHub, useNow } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { type Announcement, announcementsFor, conferenceOf, roomName } from "../model/schedule.ts";
import { remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import { rooms } from "./find.ts";
import type { Place } from "./place.ts";

const MINUTE = 60_000;
const LASTS = [15, 30, 60, 180];

interface Props {
  place: Place;
  programme: Topic;
}

/** Tells the whole conference or one room something, on every phone and screen. */
export function Announcements({ place, programme }: Props) {
  const hub = useHub();
  const act = useDo(programme);
  const [text, setText] = useState("");
  const [room, setRoom] = useState("");
  const [lasts, setLasts] = useState(30);
  const [urgent, setUrgent] = useState(false);
  const left = remaining(text);
  const post = (): void => {
    const id = newID();
    act({
      type: "announcement.post",
      id,
      text: text.trim(),
      ...(lasts > 0 ? { until: Math.round(hub.clock.now() + lasts * MINUTE) } : {}),
      ...(room !== "" ? { room } : {}),
      ...(urgent ? { urgent } : {}),
    });
    setText("");
    setUrgent(false);
    toast(t("post.did"), { label: t("do.undo"), run: () => void act({ type: "announcement.withdraw", id }) });
  };
  return (
    <section class="card stack" aria-labelledby="post">
      <h2 id="post">{t("post.title")}</h2>
      <Field label={t("post.text")} error={left < 0 ? t("ask.over", { n: -left }) : undefined}>
        {(described) => (
          <textarea
            {...described}
            class="input"
            dir="auto"
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
          />
        )}
      </Field>
      <div class="pair-fields">
        <Field label={t("post.to")}>
          {(described) => (
            <select {...described} class="input" value={room} onChange={(e) => setRoom(e.currentTarget.value)}>
              <option value="">{t("post.to.all")}</option>
              {rooms(place.schedule).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("post.for")}>
          {(described) => (
            <select
              {...described}
              class="input"
              value={String(lasts)}
              onChange={(e) => setLasts(Number(e.currentTarget.value))}
            >
              {LASTS.map((n) => (
                <option key={n} value={String(n)}>
                  {t("post.minutes", { n })}
                </option>
              ))}
              <option value="0">{t("post.always")}</option>
            </select>
          )}
        </Field>
      </div>
      <div class="row spread">
        <label class="row check">
          <input type="checkbox" checked={urgent} onChange={(e) => setUrgent(e.currentTarget.checked)} />
          {t("post.urgent")}
        </label>
        <Button look="primary" icon="bell" disabled={text.trim() === "" || left < 0} onClick={post}>
          {t("post.send")}
        </Button>
      </div>
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
