import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { QA } from "../model/session.ts";
import { Segments } from "../ui/Segments.tsx";
import { Switch } from "../ui/Switch.tsx";
import { AnnouncePanel } from "./AnnouncePanel.tsx";
import { BalancePanel } from "./BalancePanel.tsx";
import { ClearPanel } from "./ClearPanel.tsx";
import { ClosePanel } from "./ClosePanel.tsx";
import { LabelsPanel } from "./LabelsPanel.tsx";
import { langsPanel } from "./later.ts";
import { MorePanel } from "./MorePanel.tsx";
import { MovePanel } from "./MovePanel.tsx";
import type { Place } from "./place.ts";
import { StepsPanel } from "./StepsPanel.tsx";
import { useChange } from "./undo.ts";
import { keysOn, turnKeys } from "./useKeys.ts";
import { useRules } from "./useRules.ts";

/** The rules of the board, the session's place in the programme, announcements; and, folded away, the rest. */
export function SessionPanel({ topic, place }: { topic: Topic; place: Place }) {
  return (
    <div class="stack">
      <Rules topic={topic} />
      {place.programme && <MovePanel programme={place.programme} place={place} />}
      {place.programme && <AnnouncePanel topic={topic} programme={place.programme} place={place} />}
      <MorePanel topic={topic} />
      <LabelsPanel topic={topic} />
      <langsPanel.View topic={topic} session={place.id} />
      <BalancePanel topic={topic} />
      <StepsPanel topic={topic} />
      <ClearPanel topic={topic} />
    </div>
  );
}

function Rules({ topic }: { topic: Topic }) {
  const change = useChange(topic);
  const { qa, moderation } = useRules(topic);
  const [keys, setKeys] = useState(keysOn);
  return (
    <section class="card stack" aria-labelledby="rules">
      <h2 id="rules">{t("set.title")}</h2>
      <Segments<QA>
        titled
        name="qa"
        label={t("set.qa")}
        chosen={qa}
        onChoose={(next) => change({ type: "settings.set", qa: next })}
        choices={[
          { name: "open", label: t("set.qa.open") },
          { name: "votes", label: t("set.qa.votes") },
          { name: "closed", label: t("set.qa.closed") },
        ]}
      />
      <ClosePanel topic={topic} />
      <Switch
        label={t("set.moderation")}
        on={moderation}
        onTurn={(on) => change({ type: "settings.set", moderation: on })}
      />
      <Switch
        label={t("set.keys")}
        on={keys}
        onTurn={(on) => {
          turnKeys(on);
          setKeys(on);
        }}
      />
      {keys && <p class="soft">{t("set.keys.list")}</p>}
    </section>
  );
}
