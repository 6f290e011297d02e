import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { OwnQuestion } from "../model/own.ts";
import { remaining } from "../model/session.ts";
import { lazy } from "../page/lazy.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { leftWords } from "./AskBox.tsx";

const ownLanguage = lazy(async () => {
  const { OwnLanguage, extraWords } = await import("./OwnLanguage.tsx");
  await extraWords();
  return OwnLanguage;
});

/** What I may still do with my own question: word it anew, or take it back. */
export function OwnButtons({ topic, own }: { topic: Topic; own: OwnQuestion }) {
  const [open, setOpen] = useState<"edit" | "withdraw">();
  const act = useDo(topic);
  if (own.state !== "pending" && own.state !== "live") return null;
  const close = (): void => setOpen(undefined);
  return (
    <div class="row own-buttons">
      <Button small look="plain" icon="edit" onClick={() => setOpen("edit")}>
        {t("question.edit")}
      </Button>
      <Button small look="plain" icon="close" onClick={() => setOpen("withdraw")}>
        {t("question.withdraw")}
      </Button>
      {open === "edit" && <EditDialog topic={topic} own={own} onClose={close} />}
      {open === "withdraw" && (
        <Dialog title={t("question.withdraw")} onClose={close}>
          <p>{t("question.withdraw.sure")}</p>
          <blockquote dir="auto">{own.text}</blockquote>
          <div class="row">
            <Button
              look="danger"
              onClick={() => {
                act({ type: "question.withdraw", id: own.id });
                close();
              }}
            >
              {t("question.withdraw")}
            </Button>
            <Button onClick={close}>{t("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function EditDialog({ topic, own, onClose }: { topic: Topic; own: OwnQuestion; onClose: () => void }) {
  const [text, setText] = useState(own.text);
  const act = useDo(topic);
  const left = remaining(text);
  const save = (): void => {
    const words = text.trim();
    if (words === "" || left < 0) return;
    if (words !== own.text)
      act({ type: "question.edit", id: own.id, text: words, ...(own.name ? { name: own.name } : {}) });
    onClose();
  };
  return (
    <Dialog title={t("question.edit")} onClose={onClose}>
      <Field label={t("ask.label")} hint={leftWords(left)}>
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
      <ownLanguage.View topic={topic} own={own} />
      <div class="row">
        <Button look="primary" onClick={save} disabled={left < 0 || text.trim() === ""}>
          {t("save")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    </Dialog>
  );
}
