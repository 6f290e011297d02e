import { useRef } from "preact/hooks";
import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { Listed } from "../model/questions.ts";
import { settingsOf, stageOf } from "../model/session.ts";
import { useCalmOrder } from "../page/useCalmOrder.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Card } from "./Card.tsx";
import type { LaneName } from "./lanes.ts";

/** Cards drawn at once; the fold bounds the board, this bounds the page. */
const MOST = 100;

interface Props {
  topic: Topic;
  name: LaneName;
  listed: readonly Listed[];
  dismissed: readonly Listed[];
  selected: string | undefined;
  select: (id: string) => void;
  edit: (id: string) => void;
}

export function Lane({ topic, name, listed, dismissed, selected, select, edit }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const doc = useSessionDoc(topic);
  const now = stageOf(doc).question;
  const { order, waiting, update } = useCalmOrder(
    listed.map((q) => q.id),
    name,
    list,
  );
  const card = (id: string) => (
    <li key={id}>
      <Card topic={topic} id={id} highlighted={id === now} selected={id === selected} select={select} edit={edit} />
    </li>
  );
  return (
    <section class="lane" aria-labelledby={`lane-${name}`} data-lane={name}>
      <div class="lane-head">
        <h2 id={`lane-${name}`}>{t(`lane.${name}`)}</h2>
        <span class="chip num" data-tone={name === "inbox" && listed.length > 0 ? "accent" : undefined}>
          {formatNumber(listed.length)}
        </span>
        <span class="grow" />
        {waiting > 0 && (
          <Button small icon="sort" onClick={update}>
            {t("questions.update", { n: waiting })}
          </Button>
        )}
      </div>
      <div class="lane-body">
        {listed.length === 0 && <Nothing name={name} moderated={settingsOf(doc).moderation} />}
        <ul class="rows" ref={list}>
          {order.slice(0, MOST).map(card)}
        </ul>
        {name === "inbox" && dismissed.length > 0 && (
          <details class="fold">
            <summary>
              <Icon name="hide" />
              {t("lane.dismissed", { n: dismissed.length })}
            </summary>
            <ul class="rows">{dismissed.slice(0, MOST).map((q) => card(q.id))}</ul>
          </details>
        )}
      </div>
    </section>
  );
}

function Nothing({ name, moderated }: { name: LaneName; moderated: boolean }) {
  return (
    <p class="nothing soft">
      <Icon name={name === "inbox" ? "inbox" : name === "live" ? "question" : "check"} />
      <span>{t(`lane.${name}.empty`)}</span>
      {name === "inbox" && !moderated && <span>{t("lane.inbox.open")}</span>}
    </p>
  );
}
