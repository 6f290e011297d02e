import { useState } from "preact/hooks";
import { deskWords, t } from "../i18n/desk.ts";
import { formatTime } from "../i18n/index.ts";
import { useDo, useSelect } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { NOTE_BYTES, NOTE_LIMIT, remaining } from "../model/session.ts";
import { Pace } from "../page/Pace.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { doAndOffer } from "./undo.ts";
import "../styles/pace.css";

export { deskWords };

/** Notes drawn at once; the stage has the newest before it. */
const MOST = 5;

/** What the hall says of the pace, and what backstage says to the stage. */
export function BackstagePanel({ topic, session }: { topic: Topic; session: string }) {
  const pace = useSelect(topic.state, (s) => s.pace);
  const online = useSelect(topic.state, (s) => s.online);
  return (
    <section class="card stack backstage" aria-labelledby="backstage">
      <div class="row spread">
        <h2 id="backstage">{t("back.title")}</h2>
        <ButtonLink look="plain" small icon="screen" href={`/stage/${session}`} beside>
          {t("sv.open")}
        </ButtonLink>
      </div>
      <Write topic={topic} />
      <Notes topic={topic} />
      {pace && <Pace pace={pace} online={online} />}
    </section>
  );
}

function Write({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const [text, setText] = useState("");
  const left = remaining(text, NOTE_LIMIT, NOTE_BYTES);
  const send = (): void => {
    if (text.trim() === "" || left < 0) return;
    doAndOffer(topic, act, { type: "note.send", id: newID(), text: text.trim() }, t("back.sent"));
    setText("");
  };
  return (
    <form
      class="row"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <div class="grow">
        <Field label={t("back.label")} error={left < 0 ? t("ask.over", { n: -left }) : undefined}>
          {(described) => (
            <input
              {...described}
              class="input"
              dir="auto"
              autocomplete="off"
              value={text}
              onInput={(e) => setText(e.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" icon="send" disabled={text.trim() === "" || left < 0}>
        {t("back.send")}
      </Button>
    </form>
  );
}

function Notes({ topic }: { topic: Topic }) {
  const notes = Object.entries(useSessionDoc(topic).note ?? {})
    .filter(([, note]) => !note.gone)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MOST);
  if (notes.length === 0) return null;
  return (
    <ul class="rows" aria-live="polite">
      {notes.map(([id, note]) => (
        <li key={id} class="row spread">
          <span class="grow" dir="auto">
            {note.text}
          </span>
          {note.read === undefined ? (
            <Chip tone="warn">{t("back.unread")}</Chip>
          ) : (
            <span class="soft row num">
              <Icon name="checks" />
              {t("back.read", { time: formatTime(note.read) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
