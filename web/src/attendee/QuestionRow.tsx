import { formatAgo, formatNumber, language, t } from "../i18n/index.ts";
import { useConnection, useDo, useHub, useNow, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type Delivery, isVote, type OwnQuestion, ownVote, type Stance, storedStance } from "../model/own.ts";
import { labelName, type Question, type SessionDoc, type SessionMine, settingsOf } from "../model/session.ts";
import { reasonWords } from "../page/words.ts";
import { Chip } from "../ui/Chip.tsx";
import { DeliveryMark } from "../ui/DeliveryMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { memo } from "../ui/memo.ts";
import { inLanguage, ownButtons } from "./later.ts";

interface Props {
  topic: Topic;
  id: string;
  own: OwnQuestion | undefined;
  voting: boolean;
}

/** One question among all. It follows its own entities, so others' votes do not draw it anew. */
export const QuestionRow = memo(({ topic, id, own, voting }: Props) => {
  const question = useSelect(topic.state, (s) => (s.doc as SessionDoc).question?.[id]);
  const other = useSelect(topic.state, (s) => (s.doc as SessionDoc).translation?.[`${id}.${language()}`]);
  if (!question) return null;
  const words = (
    <p class="question-text" dir={question.dir ?? "auto"} id={`q-${id}`} lang={question.lang}>
      {question.gone ? <em>{t("question.gone")}</em> : (own?.text ?? question.text)}
    </p>
  );
  return (
    <article class="question" data-own={own ? "" : undefined} data-state={question.state}>
      <Vote topic={topic} id={id} voting={voting} />
      <div class="question-body">
        {other && !own ? (
          <inLanguage.View other={other} from={question.lang}>
            {words}
          </inLanguage.View>
        ) : (
          words
        )}
        {question.answer && (
          <blockquote class="question-answer" dir="auto">
            <strong>{t("question.answer")}</strong> {question.answer}
          </blockquote>
        )}
        <Byline topic={topic} question={question} own={own} />
        {own && <ownButtons.View topic={topic} own={own} />}
      </div>
    </article>
  );
});

interface BylineProps {
  topic: Topic;
  question: Question;
  own: OwnQuestion | undefined;
}

function Byline({ topic, question, own }: BylineProps) {
  const now = useNow(30_000);
  const labels = useSelect(topic.state, (s) => (s.doc as SessionDoc).label);
  return (
    <p class="byline soft">
      <bdi>{question.name ?? t("question.anonymous")}</bdi>
      <time dateTime={new Date(question.at).toISOString()}>{formatAgo(question.at, now)}</time>
      {question.edited && <span>{t("question.edited")}</span>}
      {question.pinned && <Chip>{t("question.pinned")}</Chip>}
      {question.from && <Chip>{t(`question.from.${question.from}`)}</Chip>}
      {question.labels?.map((n) => (
        <Chip key={n}>
          <bdi>{labelName({ label: labels ?? {} }, n)}</bdi>
        </Chip>
      ))}
      {question.asked && <Chip>{t("question.asked", { n: question.asked })}</Chip>}
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

const NOBODY = { n: 0 };

/** Toggles: their names stay the same while they are read, the counts are their descriptions. */
function Vote({ topic, id, voting }: { topic: Topic; id: string; voting: boolean }) {
  const votes = useSelect(topic.state, (s) => (s.doc as SessionDoc).votes?.[id] ?? NOBODY);
  const stored = useSelect(topic.state, (s) =>
    storedStance(s.mine as SessionMine, id, (s.doc as SessionDoc).question?.[id]),
  );
  const downs = useSelect(topic.state, (s) => settingsOf(s.doc as SessionDoc).downs === true);
  const last = useSelect(useHub().outbox.items, (items) => items.findLast((item) => isVote(item, topic.name, id)));
  const act = useDo(topic);
  const { stance, n, down, delivery } = ownVote(votes, stored, last, topic.offset);
  const press = (which: Exclude<Stance, "none">): void => {
    act({
      type: "question.vote",
      id,
      on: stance !== which,
      ...(which === "down" && stance !== which ? { down: true } : {}),
    });
  };
  return (
    <div class="vote-box">
      <button
        type="button"
        class="vote"
        aria-pressed={stance === "up"}
        aria-label={t("question.vote")}
        aria-describedby={`n-${id} q-${id}`}
        disabled={!voting}
        data-delivery={delivery?.state}
        onClick={() => press("up")}
      >
        <Icon name="up" />
      </button>
      <span class="vote-n num" aria-hidden="true" translate={false}>
        {formatNumber(n - down)}
      </span>
      <span class="away" id={`n-${id}`}>
        {t("question.votes", { n })}
        {downs && ` ${t("question.downs", { n: down })}`}
      </span>
      {downs && (
        <button
          type="button"
          class="vote vote-down"
          aria-pressed={stance === "down"}
          aria-label={t("question.down")}
          aria-describedby={`n-${id} q-${id}`}
          disabled={!voting}
          onClick={() => press("down")}
        >
          <Icon name="up" />
        </button>
      )}
    </div>
  );
}
