import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo, useHub, useNow } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { announcementsFor } from "../model/schedule.ts";
import { remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import { type Place, plannedOf } from "./place.ts";

const MINUTE = 60_000;
const LASTS = [15, 30, 60];
type Audience = "session" | "room" | "all";

/** Tells people something on their phones and on the screen. */
export function AnnouncePanel({ programme, place }: { programme: Topic; place: Place }) {
  const hub = useHub();
  const act = useDo(programme);
  const [text, setText] = useState("");
  const [to, setTo] = useState<Audience>("session");
  const [lasts, setLasts] = useState(30);
  const [urgent, setUrgent] = useState(false);
  const left = remaining(text);
  const post = (): void => {
    const id = newID();
    const room = plannedOf(place)?.room;
    act({
      type: "announcement.post",
      id,
      text: text.trim(),
      ...(lasts > 0 ? { until: hub.clock.now() + lasts * MINUTE } : {}),
      ...(to === "session" ? { session: place.id } : {}),
      ...(to === "room" && room !== undefined ? { room } : {}),
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
      <div class="move-grid">
        <label class="field">
          <span>{t("post.to")}</span>
          <select class="input" value={to} onChange={(e) => setTo(e.currentTarget.value as Audience)}>
            <option value="session">{t("post.to.session")}</option>
            <option value="room">{t("post.to.room")}</option>
            <option value="all">{t("post.to.all")}</option>
          </select>
        </label>
        <label class="field">
          <span>{t("post.for")}</span>
          <select class="input" value={String(lasts)} onChange={(e) => setLasts(Number(e.currentTarget.value))}>
            {LASTS.map((n) => (
              <option key={n} value={String(n)}>
                {t("post.minutes", { n })}
              </option>
            ))}
            <option value="0">{t("post.always")}</option>
          </select>
        </label>
      </div>
      <label class="row check">
        <input type="checkbox" checked={urgent} onChange={(e) => setUrgent(e.currentTarget.checked)} />
        {t("post.urgent")}
      </label>
      <Button look="primary" icon="bell" disabled={text.trim() === "" || left < 0} onClick={post}>
        {t("post.send")}
      </Button>
      <Current programme={programme} place={place} />
    </section>
  );
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
