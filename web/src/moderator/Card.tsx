import { useEffect, useRef, useState } from "preact/hooks";
import { formatAgo, language } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useHub, useNow, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { labelName, type Question, type SessionDoc, type SessionMine, stageOf } from "../model/session.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { memo } from "../ui/memo.ts";
import { type Move, make, movesFor } from "./actions.ts";
import { CardMore } from "./CardMore.tsx";
import { Origins } from "./Origins.tsx";
import { useWho } from "./staff.ts";

export const moveIcons: Readonly<Record<Move, IconName>> = {
  approve: "check",
  dismiss: "close",
  restore: "undo",
  split: "undo",
  highlight: "mic",
  unhighlight: "screen",
  answered: "checks",
  archive: "inbox",
  star: "plus",
  unstar: "close",
  pin: "up",
  unpin: "close",
};

/** What the cards of all lanes have in common. */
export interface Desk {
  topic: Topic;
  selected: string | undefined;
  select: (id: string) => void;
  edit: (id: string) => void;
  chosen: ReadonlySet<string>;
  choose: (id: string, on: boolean) => void;
}

interface Props extends Omit<Desk, "selected" | "chosen"> {
  id: string;
  highlighted: boolean;
  selected: boolean;
  chosen: boolean;
}

/** Only what somebody waits for stands out. */
const expected = (move: Move): boolean => move === "approve" || move === "answered";

/** One question with what may be done to it; the expected next step stands out. */
export const Card = memo(({ topic, id, highlighted, selected, select, edit, chosen, choose }: Props) => {
  const question = useSelect(topic.state, (s) => (s.doc as SessionDoc).question?.[id]);
  const other = useSelect(topic.state, (s) => (s.doc as SessionDoc).translation?.[`${id}.${language()}`]);
  const me = useSelect(topic.state, (s) => (s.mine as SessionMine).me?.["_"]?.staff);
  const wish = useSelect(topic.state, (s) => wishFor(s.doc as SessionDoc, id));
  const who = useWho(topic);
  const busy = useSelect(useHub().outbox.items, (items) =>
    items.some((i) => i.topic === topic.name && i.cmd["id"] === id && (i.state === "sending" || i.state === "sent")),
  );
  const act = useDo(topic);
  const card = useRef<HTMLElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  if (!question) return null;
  const [first, ...others] = movesFor(question.state, highlighted);
  const run = (move: Move): void => make(topic, act, move, id);
  // The second of four eyes must be another's.
  const mineFirst = question.eye !== undefined && question.eye === me;
  const mineShown = wish !== undefined && wish.by === me;
  return (
    <article
      class="mod-card"
      ref={card}
      data-selected={selected ? "" : undefined}
      data-highlighted={highlighted ? "" : undefined}
      data-chosen={chosen ? "" : undefined}
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
      <div class="mod-top">
        <input
          type="checkbox"
          class="mod-choose"
          aria-label={t("card.choose")}
          checked={chosen}
          onChange={(e) => choose(id, e.currentTarget.checked)}
        />
        <p class="question-text" dir={question.dir ?? "auto"} lang={question.lang}>
          {question.gone ? <em>{t("question.gone")}</em> : question.text}
        </p>
        {question.state !== "merged" && (
          <Button
            small
            look="plain"
            icon="dots"
            label={t("do.more")}
            aria-expanded={more}
            onClick={() => setMore(!more)}
          />
        )}
      </div>
      {other && !other.gone && (
        <p class="mod-other" dir={other.dir} lang={other.lang}>
          {other.text}
        </p>
      )}
      {question.answer && (
        <blockquote class="mod-answer" dir="auto">
          {question.answer}
        </blockquote>
      )}
      {question.replied !== undefined && question.answer && (
        <Replied topic={topic} id={id} answer={question.answer} by={question.replied} me={me} />
      )}
      {wish && <p class="mod-held">{t("card.first", { who: who(wish.by) })}</p>}
      <Marks topic={topic} question={question} />
      <Byline topic={topic} id={id} question={question} edit={edit} />
      <div class="mod-actions">
        {first && (
          <Button
            small
            look={expected(first) ? "primary" : undefined}
            icon={moveIcons[first]}
            disabled={(first === "approve" && mineFirst) || (first === "highlight" && mineShown)}
            onClick={() => run(first)}
          >
            {t(`do.${first}`)}
          </Button>
        )}
        {others.map((move) => (
          <Button key={move} small icon={moveIcons[move]} onClick={() => run(move)}>
            {t(`do.${move}`)}
          </Button>
        ))}
      </div>
      {more && <CardMore topic={topic} id={id} question={question} />}
    </article>
  );
});

/** The wish to show a question, if one of two has it. */
function wishFor(doc: SessionDoc, id: string): { readonly id: string; readonly by: number } | undefined {
  const wish = stageOf(doc).wishes?.question;
  return wish?.id === id ? wish : undefined;
}

interface RepliedProps {
  topic: Topic;
  id: string;
  answer: string;
  by: number;
  me: number | undefined;
}

/** An answer that waits for another moderator, who agrees by giving the same. */
function Replied({ topic, id, answer, by, me }: RepliedProps) {
  const act = useDo(topic);
  const who = useWho(topic);
  return (
    <p class="mod-held">
      {t("card.first", { who: who(by) })}
      {by !== me && (
        <Button small icon="checks" onClick={() => act({ type: "question.reply", id, text: answer })}>
          {t("do.approve")}
        </Button>
      )}
    </p>
  );
}

function Byline({ topic, id, question, edit }: { topic: Topic; id: string; question: Question; edit: Desk["edit"] }) {
  const votes = useSelect(topic.state, (s) => (s.doc as SessionDoc).votes?.[id]);
  const now = useNow(30_000);
  return (
    <p class="byline soft">
      <bdi>{question.name ?? t("question.anonymous")}</bdi>
      <time dateTime={new Date(question.at).toISOString()}>{formatAgo(question.at, now)}</time>
      {question.lang && <Chip>{languageName(question.lang)}</Chip>}
      <Origins from={question.from} />
      {question.edited && <span>{t("question.edited")}</span>}
      {question.state !== "pending" && <strong class="num">{t("question.votes", { n: votes?.n ?? 0 })}</strong>}
      {votes?.down !== undefined && <span class="num">{t("question.downs", { n: votes.down })}</span>}
      {(question.state === "pending" || question.state === "live") && (
        <Button small look="plain" icon="edit" label={t("do.edit")} onClick={() => edit(id)} />
      )}
    </p>
  );
}

/** What moderators know of it beyond its words. */
function Marks({ topic, question }: { topic: Topic; question: Question }) {
  const doc = useSelect(topic.state, (s) => s.doc) as SessionDoc;
  const who = useWho(topic);
  const now = useNow(30_000);
  const { held, eye, why, note, by, when, into, merged = [], labels = [] } = question;
  const said =
    why === undefined ? undefined : why === "blocked" ? t("card.held.blocked") : t(`why.${why}` as "why.other");
  return (
    <>
      {(question.pinned || question.starred || labels.length > 0 || merged.length > 0 || question.blocked) && (
        <p class="row mod-marks">
          {question.pinned && <Chip icon="up">{t("question.pinned")}</Chip>}
          {question.starred && (
            <Chip tone="accent" icon="sort">
              {t("lane.queue")}
            </Chip>
          )}
          {labels.map((n) => (
            <Chip key={n}>
              <bdi>{labelName(doc, n)}</bdi>
            </Chip>
          ))}
          {merged.length > 0 && <Chip icon="link">{t("card.merged", { n: merged.length })}</Chip>}
          {question.blocked && (
            <Chip tone="danger" icon="hide">
              {t("card.blocked")}
            </Chip>
          )}
        </p>
      )}
      {held && held !== "blocked" && question.state === "pending" && (
        <p class="mod-held">
          <Icon name="warn" />
          {t(`card.held.${held}`)}
        </p>
      )}
      {eye !== undefined && <p class="mod-held">{t("card.first", { who: who(eye) })}</p>}
      {into && (
        <p class="soft" dir="auto">
          {t("card.into", { text: doc.question?.[into]?.text ?? "" })}
        </p>
      )}
      {(said ?? note) && (
        <p class="soft">
          {said} {note && <q dir="auto">{note}</q>}
        </p>
      )}
      {by !== undefined && when !== undefined && (
        <p class="soft mod-by">{t("card.by", { who: who(by), when: formatAgo(when, now) })}</p>
      )}
    </>
  );
}
