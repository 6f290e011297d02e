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
  return (
    <Field label={t("tr.you")}>
      {(described) => (
        <input
          {...described}
          class="input"
          dir="auto"
          maxLength={NAME_LIMIT}
          autocomplete="name"
          value={stored}
          onChange={(e) => act({ type: "staff.name", name: e.currentTarget.value.trim() })}
        />
      )}
    </Field>
  );
}
