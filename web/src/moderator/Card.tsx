import { useEffect, useRef } from "preact/hooks";
import { formatAgo } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useHub, useNow, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { SessionDoc } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { memo } from "../ui/memo.ts";
import { type Move, make, movesFor } from "./actions.ts";

const icons: Readonly<Record<Move, IconName>> = {
  approve: "check",
  dismiss: "close",
  restore: "undo",
  highlight: "mic",
  unhighlight: "screen",
  answered: "checks",
};

interface Props {
  topic: Topic;
  id: string;
  highlighted: boolean;
  selected: boolean;
  select: (id: string) => void;
  edit: (id: string) => void;
}

/** Only what somebody waits for stands out. */
const expected = (move: Move): boolean => move === "approve" || move === "answered";

/** One question with what may be done to it; the expected next step stands out. */
export const Card = memo(({ topic, id, highlighted, selected, select, edit }: Props) => {
  const question = useSelect(topic.state, (s) => (s.doc as SessionDoc).question?.[id]);
  const votes = useSelect(topic.state, (s) => (s.doc as SessionDoc).votes?.[id]?.n ?? 0);
  const busy = useSelect(useHub().outbox.items, (items) =>
    items.some((i) => i.topic === topic.name && i.cmd["id"] === id && (i.state === "sending" || i.state === "sent")),
  );
  const act = useDo(topic);
  const now = useNow(30_000);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  if (!question) return null;
  const [first, ...others] = movesFor(question.state, highlighted);
  const run = (move: Move): void => make(act, move, id, question.state);
  return (
    <article
      class="mod-card"
      ref={card}
      data-selected={selected ? "" : undefined}
      data-highlighted={highlighted ? "" : undefined}
      aria-current={selected}
      aria-busy={busy}
      onPointerDown={() => select(id)}
    >
      {highlighted && (
        <p class="mod-now">
          <Icon name="screen" />
          {t("question.now")}
        </p>
      )}
      <p class="question-text" dir="auto" lang={question.lang}>
        {question.gone ? <em>{t("question.gone")}</em> : question.text}
      </p>
      <p class="byline soft">
        <bdi>{question.name ?? t("question.anonymous")}</bdi>
        <time dateTime={new Date(question.at).toISOString()}>{formatAgo(question.at, now)}</time>
        {question.lang && <Chip>{question.lang}</Chip>}
        {question.edited && <span>{t("question.edited")}</span>}
        {question.state !== "pending" && <strong class="num">{t("question.votes", { n: votes })}</strong>}
        {(question.state === "pending" || question.state === "live") && (
          <Button small look="plain" icon="edit" label={t("do.edit")} onClick={() => edit(id)} />
        )}
      </p>
      <div class="mod-actions">
        {first && (
          <Button small look={expected(first) ? "primary" : undefined} icon={icons[first]} onClick={() => run(first)}>
            {t(`do.${first}`)}
          </Button>
        )}
        {others.map((move) => (
          <Button key={move} small icon={icons[move]} onClick={() => run(move)}>
            {t(`do.${move}`)}
          </Button>
        ))}
      </div>
    </article>
  );
});
