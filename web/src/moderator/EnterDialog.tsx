import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { NAME_LIMIT, type Origin, origins, remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Segments } from "../ui/Segments.tsx";
import { useChange } from "./undo.ts";

/** For who asks without a phone. */
export function EnterButton({ topic }: { topic: Topic }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small look="plain" icon="plus" label={t("entry.title")} onClick={() => setOpen(true)} />
      {open && <EnterDialog topic={topic} onClose={() => setOpen(false)} />}
    </>
  );
}

function EnterDialog({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [from, setFrom] = useState<Origin>("floor");
  const change = useChange(topic);
  const left = remaining(text);
  const enter = (): void => {
    const who = name.trim();
    const id = newID();
    const named = who === "" ? {} : { name: who };
    change({ type: "question.enter", id, text: text.trim(), from, ...named }, t("did.enter"));
    onClose();
  };
  return (
    <Dialog title={t("entry.title")} onClose={onClose}>
      <Segments<Origin>
        titled
        name="from"
        label={t("entry.from")}
        chosen={from}
        onChoose={setFrom}
        choices={origins.map((one) => ({ name: one, label: t(`question.from.${one}`) }))}
      />
      <Field label={t("entry.text")} error={left < 0 ? t("ask.over", { n: -left }) : undefined}>
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
      <Field label={t("entry.name")}>
        {(described) => (
          <input
            {...described}
            class="input"
            dir="auto"
            maxLength={NAME_LIMIT}
            value={name}
            onInput={(e) => setName(e.currentTarget.value)}
          />
        )}
      </Field>
      <div class="row">
        <Button look="primary" disabled={left < 0 || text.trim() === ""} onClick={enter}>
          {t("entry.do")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    </Dialog>
  );
}
