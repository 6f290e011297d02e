import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type Question, remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { make } from "./actions.ts";
import { doAndOffer } from "./undo.ts";

interface Props {
  topic: Topic;
  id: string;
  question: Question;
  onClose: () => void;
}

/** A better wording, or no wording at all: the text can be removed for good. */
export function EditDialog({ topic, id, question, onClose }: Props) {
  const [text, setText] = useState(question.text);
  const [sure, setSure] = useState(false);
  const act = useDo(topic);
  const left = remaining(text);
  const words = text.trim();
  const save = (): void => {
    if (words !== question.text) doAndOffer(topic, act, { type: "question.edit", id, text: words }, t("did.edit"));
    onClose();
  };
  const redact = (): void => {
    if (!sure) return setSure(true);
    act({ type: "redact", offsets: [...(question.offsets ?? [])] });
    onClose();
  };
  return (
    <Dialog title={t("edit.title")} onClose={onClose}>
      <Field label={t("edit.text")} hint={t("edit.hint")} error={left < 0 ? t("ask.over", { n: -left }) : undefined}>
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
      <div class="row">
        <Button look="primary" onClick={save} disabled={left < 0 || words === ""}>
          {t("save")}
        </Button>
        {question.state === "pending" && (
          <Button
            icon="check"
            disabled={left < 0 || words === ""}
            onClick={() => {
              save();
              make(topic, act, "approve", id);
            }}
          >
            {t("do.save.approve")}
          </Button>
        )}
        <Button onClick={onClose}>{t("cancel")}</Button>
        <span class="grow" />
        {question.offsets && question.offsets.length > 0 && (
          <Button look="danger" onClick={redact}>
            {t("edit.redact")}
          </Button>
        )}
      </div>
      {sure && <p class="error">{t("edit.redact.sure")}</p>}
    </Dialog>
  );
}
