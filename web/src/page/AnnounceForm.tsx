import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo, useHub } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Field } from "../ui/Field.tsx";
import { Check } from "../ui/Switch.tsx";
import { toast } from "../ui/Toasts.tsx";

const MINUTE = 60_000;
const LASTS = [15, 30, 60, 180];

/** Whom an announcement is for; neither: the whole conference. */
export interface Audience {
  /** Stays the same when rooms come and go while somebody writes. */
  readonly key: string;
  readonly label: string;
  readonly session?: string;
  readonly room?: string;
}

interface Props {
  programme: Topic;
  /** The first is chosen until somebody chooses. */
  audiences: readonly Audience[];
}

/** Writes an announcement, for phones and screens. */
export function AnnounceForm({ programme, audiences }: Props) {
  const hub = useHub();
  const act = useDo(programme);
  const [text, setText] = useState("");
  const [to, setTo] = useState(audiences[0]?.key ?? "");
  const [lasts, setLasts] = useState(30);
  const [urgent, setUrgent] = useState(false);
  const left = remaining(text);
  const post = (): void => {
    const id = newID();
    const audience = audiences.find(({ key }) => key === to);
    if (!audience) return setTo(audiences[0]?.key ?? "");
    const { session, room } = audience;
    act({
      type: "announcement.post",
      id,
      text: text.trim(),
      ...(lasts > 0 ? { until: Math.round(hub.clock.now() + lasts * MINUTE) } : {}),
      ...(session !== undefined ? { session } : {}),
      ...(room !== undefined ? { room } : {}),
      ...(urgent ? { urgent } : {}),
    });
    setText("");
    setUrgent(false);
    toast(t("post.did"), { label: t("do.undo"), run: () => void act({ type: "announcement.withdraw", id }) });
  };
  const durations = LASTS.map((n) => ({ key: String(n), label: t("post.minutes", { n }) }));
  durations.push({ key: "0", label: t("post.always") });
  return (
    <>
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
        <Choice label={t("post.to")} options={audiences} chosen={to} onChoose={setTo} />
        <Choice
          label={t("post.for")}
          options={durations}
          chosen={String(lasts)}
          onChoose={(minutes) => setLasts(Number(minutes))}
        />
      </div>
      <div class="row spread">
        <Check on={urgent} onTurn={setUrgent}>
          {t("post.urgent")}
        </Check>
        <Button look="primary" icon="bell" disabled={text.trim() === "" || left < 0} onClick={post}>
          {t("post.send")}
        </Button>
      </div>
    </>
  );
}
