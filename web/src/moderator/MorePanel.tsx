import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { NAME_LIMIT, PROSE_BYTES, PROSE_LIMIT, remaining, type Settings } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Segments } from "../ui/Segments.tsx";
import { Switch } from "../ui/Switch.tsx";
import { useChange } from "./undo.ts";
import { useRules } from "./useRules.ts";

const switches = ["downs", "quiet", "ledger", "eyes", "dups", "headless"] as const;
const names = ["off", "optional", "required"] as const;

/** What most sessions leave as it is. */
export function MorePanel({ topic }: { topic: Topic }) {
  const change = useChange(topic);
  const settings = useRules(topic);
  return (
    <details class="fold card">
      <summary>
        <Icon name="gear" />
        {t("more.title")}
      </summary>
      <div class="stack">
        <Segments<Settings["names"]>
          titled
          name="names"
          label={t("more.names")}
          chosen={settings.names}
          onChoose={(next) => change({ type: "settings.set", names: next })}
          choices={names.map((name) => ({ name, label: t(`more.names.${name}`) }))}
        />
        {switches.map((name) => (
          <Switch
            key={name}
            label={t(`more.${name}`)}
            on={settings[name] === true}
            onTurn={(on) => change({ type: "settings.set", [name]: on })}
          />
        ))}
        <Intro topic={topic} />
        <You topic={topic} />
      </div>
    </details>
  );
}

function Intro({ topic }: { topic: Topic }) {
  const change = useChange(topic);
  const stored = useSessionDoc(topic).intro?.["_"]?.text ?? "";
  const [draft, setDraft] = useState<string>();
  const text = draft ?? stored;
  const left = remaining(text, PROSE_LIMIT, PROSE_BYTES);
  const save = (): void => {
    change({ type: "intro.set", text: text.trim() });
    setDraft(undefined);
  };
  return (
    <Field
      label={t("more.intro")}
      hint={t("more.intro.hint")}
      error={left < 0 ? t("ask.over", { n: -left }) : undefined}
    >
      {(described) => (
        <>
          <textarea
            {...described}
            class="input"
            dir="auto"
            value={text}
            onInput={(e) => setDraft(e.currentTarget.value)}
          />
          {draft !== undefined && draft.trim() !== stored && (
            <Button small look="primary" disabled={left < 0} onClick={save}>
              {t("save")}
            </Button>
          )}
        </>
      )}
    </Field>
  );
}

function You({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const doc = useSessionDoc(topic);
  const me = useSessionMine(topic).me?.["_"]?.staff;
  const stored = (me === undefined ? undefined : doc.staff?.[me]?.name) ?? "";
  return (
    <Field label={t("more.you")}>
      {(described) => (
        <input
          {...described}
          class="input"
          dir="auto"
          maxLength={NAME_LIMIT}
          value={stored}
          onChange={(e) => act({ type: "staff.name", name: e.currentTarget.value.trim() })}
        />
      )}
    </Field>
  );
}
