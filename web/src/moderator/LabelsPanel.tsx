import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import { usePending } from "../live/usePending.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useChange } from "./undo.ts";

const MOST = 20;
const LABEL_LIMIT = 20;

/** The session's labels: named, seen by everybody or not, and how each of them fares. */
export function LabelsPanel({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const change = useChange(topic);
  const asked = usePending(topic, "label.set");
  const used = Object.keys(doc.label ?? {}).map(Number);
  const [adding, setAdding] = useState(false);
  const free = Array.from({ length: MOST }, (_, i) => i + 1).find((n) => !used.includes(n));
  const set = (n: number, name: string, seen: boolean): void => {
    setAdding(false);
    change({ type: "label.set", n, name: name.trim(), public: seen });
  };
  return (
    <details class="fold card">
      <summary>
        <Icon name="sort" />
        {t("labels.title")}
      </summary>
      <div class="stack">
        {used.map((n) => {
          const label = doc.label?.[n];
          const seen = asked.findLast((cmd) => cmd["n"] === n)?.["public"] ?? label?.public;
          const share = doc.balance?.["_"]?.labels?.[n];
          return (
            <div key={n} class="label-row">
              <NameInput n={n} name={label?.name ?? ""} onName={(name) => set(n, name, label?.public === true)} />
              <label class="row">
                <input
                  type="checkbox"
                  checked={seen === true}
                  onChange={(e) => set(n, label?.name ?? "", e.currentTarget.checked)}
                />
                {t("labels.public")}
              </label>
              {share && (
                <span class="soft num">
                  {t("labels.balance", {
                    received: share.received,
                    shown: share.shown ?? 0,
                    answered: share.answered ?? 0,
                  })}
                </span>
              )}
            </div>
          );
        })}
        {adding && free !== undefined && <NameInput n={free} name="" onName={(name) => set(free, name, false)} />}
        {!adding && free !== undefined && (
          <Button small icon="plus" onClick={() => setAdding(true)}>
            {t("labels.add")}
          </Button>
        )}
      </div>
    </details>
  );
}

function NameInput({ n, name, onName }: { n: number; name: string; onName: (name: string) => void }) {
  return (
    <input
      class="input"
      dir="auto"
      aria-label={t("labels.name", { n })}
      placeholder={t("labels.name", { n })}
      maxLength={LABEL_LIMIT}
      value={name}
      onChange={(e) => onName(e.currentTarget.value)}
    />
  );
}
