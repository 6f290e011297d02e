import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/desk.ts";
import { languageName } from "../i18n/names.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { remaining } from "../model/session.ts";
import type { Work } from "../model/translate.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { toast } from "../ui/Toasts.tsx";

/** Milliseconds between two claims while somebody writes: half of what one lasts. */
const CLAIM_EVERY = 60_000;

interface Props {
  topic: Topic;
  work: Work;
  into: string;
  onDone: () => void;
}

/** Where a translation is written; whoever writes keeps it from others. */
export function Editor({ topic, work: { id, translation }, into, onDone }: Props) {
  const act = useDo(topic);
  const [text, setText] = useState(translation?.gone ? "" : (translation?.text ?? ""));
  const claimed = useRef(Date.now());
  const box = useRef<HTMLTextAreaElement>(null);
  const left = remaining(text);
  useEffect(() => box.current?.focus(), []);
  const write = (next: string): void => {
    setText(next);
    if (Date.now() - claimed.current < CLAIM_EVERY) return;
    claimed.current = Date.now();
    act({ type: "translation.lock", id, lang: into, on: true });
  };
  const save = (): void => {
    const words = text.trim();
    if (words === "" || left < 0) return box.current?.focus();
    act({ type: "translation.put", id, lang: into, text: words });
    toast(t("tr.saved"));
    onDone();
  };
  const remove = (): void => {
    act({ type: "translation.put", id, lang: into, text: "" });
    toast(t("tr.removed"));
    onDone();
  };
  const cancel = (): void => {
    act({ type: "translation.lock", id, lang: into, on: false });
    onDone();
  };
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        save();
      }}
    >
      <Field
        label={t("tr.label", { language: languageName(into) })}
        error={left < 0 ? t("ask.over", { n: -left }) : undefined}
      >
        {(described) => (
          <textarea
            {...described}
            ref={box}
            class="input"
            dir="auto"
            lang={into}
            rows={3}
            value={text}
            onInput={(e) => write(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) save();
              if (e.key === "Escape") cancel();
            }}
          />
        )}
      </Field>
      <div class="row">
        <Button look="primary" type="submit" icon="check" disabled={text.trim() === "" || left < 0}>
          {t("tr.save")}
        </Button>
        <Button onClick={cancel}>{t("cancel")}</Button>
        {translation && (
          <Button look="plain" icon="close" onClick={remove}>
            {t("tr.remove")}
          </Button>
        )}
      </div>
    </form>
  );
}
