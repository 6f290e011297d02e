import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useConnection, useHub } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { OwnQuestion } from "../model/own.ts";
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
        <p class="byline">
          {!refused && <Chip {...tone(own.state)}>{t(`state.${own.state}`)}</Chip>}
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

function tone(state: OwnQuestion["state"]): { tone?: Tone } {
  const found = tones[state];
  return found ? { tone: found } : {};
}
