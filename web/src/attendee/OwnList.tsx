import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useConnection, useHub, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { OwnQuestion } from "../model/own.ts";
import { isWhy, type Question, type SessionDoc } from "../model/session.ts";
import { reasonWords } from "../page/words.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { DeliveryMark } from "../ui/DeliveryMark.tsx";
import { giveBack } from "./AskBox.tsx";
import { OwnButtons } from "./OwnButtons.tsx";

const tones: Partial<Record<OwnQuestion["state"], Tone>> = {
  pending: "warn",
  live: "ok",
  answered: "ok",
  merged: "ok",
  new: "accent",
};

/** My questions that do not stand among everybody's, each with its fate in words. */
export function OwnList({ topic, session, own }: { topic: Topic; session: string; own: readonly OwnQuestion[] }) {
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const shown = own.filter((q) => !hidden.includes(q.id));
  if (shown.length === 0) return null;
  return (
    <section class="stack own" aria-labelledby="own">
      <h2 id="own">{t("questions.own")}</h2>
      <ul class="rows">
        {shown.map((q) => (
          <li key={q.id}>
            <OwnItem topic={topic} session={session} own={q} onHide={() => setHidden([...hidden, q.id])} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  topic: Topic;
  session: string;
  own: OwnQuestion;
  onHide: () => void;
}

function OwnItem({ topic, session, own, onHide }: ItemProps) {
  const hub = useHub();
  const down = useConnection().line.phase !== "live";
  const { delivery } = own;
  const into = useSelect(topic.state, (s) => (s.doc as SessionDoc).question?.[own.into ?? ""]);
  const refused = own.state === "new" && delivery?.state === "refused" ? delivery : undefined;
  const again = (): void => {
    giveBack(session, own.text);
    if (refused) hub.outbox.forget(refused.command);
  };
  const over = own.state === "dismissed" || own.state === "archived";
  return (
    <article class="question own-item" data-state={own.state}>
      <div class="question-body">
        <p class="question-text" dir="auto">
          {own.text}
        </p>
        {into && (
          <p class="soft" dir="auto">
            {into.text}
          </p>
        )}
        <p class="byline">
          {!refused && <Chip {...tone(own.state)}>{fate(own, into)}</Chip>}
          {own.why && <span class="soft">{t(`why.${isWhy(own.why) ? own.why : "other"}`)}</span>}
          {delivery ? (
            <DeliveryMark {...delivery} down={down} level={delivery.level} />
          ) : (
            !over && <DeliveryMark state="safe" down={down} />
          )}
        </p>
        {delivery?.reason && <ErrorText>{reasonWords(delivery.reason)}</ErrorText>}
        {refused && (
          <Button small icon="edit" onClick={again}>
            {t("ask.again")}
          </Button>
        )}
        {over && (
          <Button small look="plain" onClick={onHide}>
            {t("question.hide")}
          </Button>
        )}
        <OwnButtons topic={topic} own={own} />
      </div>
    </article>
  );
}

/** Where it stands; a merged one stands where the one stands that it was merged into. */
function fate(own: OwnQuestion, into: Question | undefined): string {
  if (own.state === "merged" && into?.state === "live") return t("state.merged.live");
  if (own.state === "merged" && into?.state === "answered") return t("state.merged.answered");
  return t(`state.${own.state}`);
}

function tone(state: OwnQuestion["state"]): { tone?: Tone } {
  const found = tones[state];
  return found ? { tone: found } : {};
}
