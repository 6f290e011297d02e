import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { doAndOffer } from "./undo.ts";

/** An empty board for the next speaker, and an empty session after a rehearsal. */
export function ClearPanel({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const [pending, setPending] = useState(false);
  const [sure, setSure] = useState(false);
  const reset = (): void => {
    if (!sure) return setSure(true);
    setSure(false);
    doAndOffer(topic, act, { type: "session.reset" }, t("did.reset"));
  };
  return (
    <details class="fold card">
      <summary>
        <Icon name="inbox" />
        {t("clear.title")}
      </summary>
      <div class="stack">
        <p class="soft">{t("clear.lead")}</p>
        <label class="row">
          <input type="checkbox" checked={pending} onChange={(e) => setPending(e.currentTarget.checked)} />
          {t("clear.pending")}
        </label>
        <Button onClick={() => doAndOffer(topic, act, { type: "board.clear", pending }, t("did.clear"))}>
          {t("clear.do")}
        </Button>
        <h3>{t("reset.title")}</h3>
        <p class="soft">{t("reset.lead")}</p>
        <Button look="danger" onClick={reset}>
          {t("reset.do")}
        </Button>
        {sure && <p class="error">{t("reset.sure")}</p>}
      </div>
    </details>
  );
}
