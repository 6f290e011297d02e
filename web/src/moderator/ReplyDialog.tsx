import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import { PROSE_BYTES, PROSE_LIMIT, type Question, remaining } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { useChange } from "./undo.ts";

/** An answer in writing, under the question for all to read. */
export function ReplyDialog(props: { topic: Topic; id: string; question: Question; onClose: () => void }) {
  const { topic, id, question, onClose } = props;
  const [text, setText] = useState(question.answer ?? "");
  const change = useChange(topic);
  const left = remaining(text, PROSE_LIMIT, PROSE_BYTES);
  const save = (words: string): void => {
    if (words !== (question.answer ?? "")) change({ type: "question.reply", id, text: words }, t("did.reply"));
    onClose();
  };
  return (
    <Dialog title={t("reply.title")} onClose={onClose}>
      <blockquote dir="auto">{question.text}</blockquote>
      <Field
        label={t("question.answer")}
        hint={t("reply.hint")}
        error={left < 0 ? t("ask.over", { n: -left }) : undefined}
      >
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
        <Button look="primary" onClick={() => save(text.trim())} disabled={left < 0 || text.trim() === ""}>
          {t("save")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <span class="grow" />
        {question.answer && (
          <Button look="danger" onClick={() => save("")}>
            {t("reply.remove")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
