import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import { langsOf } from "../model/langs.ts";
import { filtered, type Listed, readFilter } from "../model/questions.ts";
import { isReviewed, settingsOf, stageOf } from "../model/session.ts";
import { useCalmOrder } from "../page/useCalmOrder.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Card, type Desk } from "./Card.tsx";
import { EnterButton } from "./EnterDialog.tsx";
import type { LaneName } from "./lanes.ts";

/** Cards drawn at once; the fold bounds the board, this bounds the page. */
const MOST = 100;

interface Props extends Desk {
  name: LaneName;
  listed: readonly Listed[];
  /** What is folded away below: dismissed in the inbox, merged in the live lane. */
  folded: readonly Listed[];
}

export function Lane({ name, listed: all, folded, selected, chosen, ...desk }: Props) {
  const { topic } = desk;
  const list = useRef<HTMLUListElement>(null);
  const doc = useSessionDoc(topic);
  const [only, setOnly] = useState("");
  const now = stageOf(doc).question;
  const listed = filtered(all, readFilter(only), {});
  const { order, waiting, update } = useCalmOrder(
    listed.map((q) => q.id),
    `${name} ${only}`,
    list,
  );
  const card = (id: string) => (
    <li key={id}>
      <Card {...desk} id={id} highlighted={id === now} selected={id === selected} chosen={chosen.has(id)} />
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
        <Only topic={topic} list={all} only={only} onOnly={setOnly} />
        {name === "live" && <EnterButton topic={topic} />}
        {waiting > 0 && (
          <Button small icon="sort" onClick={update}>
            {t("questions.update", { n: waiting })}
          </Button>
        )}
      </div>
      <div class="lane-body">
        {listed.length === 0 && <Nothing name={name} moderated={isReviewed(settingsOf(doc))} />}
        <ul class="rows" ref={list}>
          {order.slice(0, MOST).map(card)}
        </ul>
        {folded.length > 0 && (
          <details class="fold">
            <summary>
              <Icon name={name === "inbox" ? "hide" : "link"} />
              {t(name === "inbox" ? "lane.dismissed" : "lane.merged", { n: folded.length })}
            </summary>
            <ul class="rows">{folded.slice(0, MOST).map((q) => card(q.id))}</ul>
          </details>
        )}
      </div>
    </section>
  );
}

interface OnlyProps {
  topic: Topic;
  list: readonly Listed[];
  only: string;
  onOnly: (only: string) => void;
}

/** All, or those of one label or one language, where there are any. */
function Only({ topic, list, only, onOnly }: OnlyProps) {
  const doc = useSessionDoc(topic);
  const labels = Object.entries(doc.label ?? {});
  const langs = langsOf(list);
  if ((list.length < 2 || (labels.length === 0 && langs.length < 2)) && only === "") return null;
  return (
    <select
      class="input lane-only"
      aria-label={t("lane.filter")}
      value={only}
      onChange={(e) => onOnly(e.currentTarget.value)}
    >
      <option value="">{t("lane.filter.all")}</option>
      {labels.map(([n, { name }]) => (
        <option key={n} value={`label ${n}`}>
          {name}
        </option>
      ))}
      {langs.map((lang) => (
        <option key={lang} value={`lang ${lang}`}>
          {languageName(lang)}
        </option>
      ))}
    </select>
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
