import { formatAgo, formatNumber, t } from "../i18n/index.ts";
import { useConnection, useDo, useHub, useNow, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type Delivery, isVote, type OwnQuestion, ownVote } from "../model/own.ts";
import type { Question, SessionDoc, SessionMine } from "../model/session.ts";
import { reasonWords } from "../page/words.ts";
import { Chip } from "../ui/Chip.tsx";
import { DeliveryMark } from "../ui/DeliveryMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { memo } from "../ui/memo.ts";
import { OwnButtons } from "./OwnButtons.tsx";

interface Props {
  topic: Topic;
  id: string;
  own: OwnQuestion | undefined;
  voting: boolean;
}

/** One question among all. It follows its own entities, so others' votes do not draw it anew. */
export const QuestionRow = memo(({ topic, id, own, voting }: Props) => {
  const question = useSelect(topic.state, (s) => (s.doc as SessionDoc).question?.[id]);
  if (!question) return null;
  return (
    <article class="question" data-own={own ? "" : undefined} data-state={question.state}>
      <Vote topic={topic} id={id} voting={voting} />
      <div class="question-body">
        <p class="question-text" dir="auto" id={`q-${id}`} lang={question.lang}>
          {question.gone ? <em>{t("question.gone")}</em> : (own?.text ?? question.text)}
        </p>
        <Byline question={question} own={own} />
        {own && <OwnButtons topic={topic} own={own} />}
      </div>
    </article>
  );
});

function Byline({ question, own }: { question: Question; own: OwnQuestion | undefined }) {
  const now = useNow(30_000);
  return (
    <p class="byline soft">
      <bdi>{question.name ?? t("question.anonymous")}</bdi>
      <time dateTime={new Date(question.at).toISOString()}>{formatAgo(question.at, now)}</time>
      {question.edited && <span>{t("question.edited")}</span>}
      {own && <Chip tone="accent">{t("question.yours")}</Chip>}
      {own?.delivery && <OwnDelivery {...own.delivery} />}
    </p>
  );
}

function OwnDelivery({ state, level, reason }: Delivery) {
  const down = useConnection().line.phase !== "live";
  return (
    <>
      <DeliveryMark state={state} down={down} level={level} />
      {reason && <span class="error">{reasonWords(reason)}</span>}
    </>
  );
}

/** A toggle: its name stays the same while it is read, the count is its description. */
function Vote({ topic, id, voting }: { topic: Topic; id: string; voting: boolean }) {
  const votes = useSelect(topic.state, (s) => (s.doc as SessionDoc).votes?.[id]?.n ?? 0);
  const stored = useSelect(topic.state, (s) => (s.mine as SessionMine).vote?.[id]?.on === true);
  const last = useSelect(useHub().outbox.items, (items) => items.findLast((item) => isVote(item, topic.name, id)));
  const act = useDo(topic);
  const { on, n, delivery } = ownVote(votes, stored, last, topic.offset);
  return (
    <div class="vote-box">
      <button
        type="button"
        class="vote"
        aria-pressed={on}
        aria-label={t("question.vote")}
        aria-describedby={`n-${id} q-${id}`}
        disabled={!voting}
        data-delivery={delivery?.state}
        onClick={() => act({ type: "question.vote", id, on: !on })}
      >
        <Icon name="up" />
      </button>
      <span class="vote-n num" aria-hidden="true" translate={false}>
        {formatNumber(n)}
      </span>
      <span class="away" id={`n-${id}`}>
        {t("question.votes", { n })}
      </span>
    </div>
  );
}
