import { useState } from "preact/hooks";
import { t } from "../i18n/desk.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { NAME_LIMIT } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Field } from "../ui/Field.tsx";

/** How a translator is called where others see who is at what. */
export function You({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const doc = useSessionDoc(topic);
  const me = useSessionMine(topic).me?.["_"]?.staff;
  const stored = (me === undefined ? undefined : doc.staff?.[me]?.name) ?? "";
  // What is being typed must outlive the page being drawn again.
  const [draft, setDraft] = useState<string>();
  const save = (name: string): void => {
    if (name.trim() !== stored) act({ type: "staff.name", name: name.trim() });
    setDraft(undefined);
  };
  return (
    <Field label={t("tr.you")}>
      {(described) => (
        <input
          {...described}
          class="input"
          dir="auto"
          maxLength={NAME_LIMIT}
          autocomplete="name"
          value={draft ?? stored}
          onInput={(e) => setDraft(e.currentTarget.value)}
          onChange={(e) => save(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}
