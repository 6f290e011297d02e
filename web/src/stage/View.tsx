import { t } from "../i18n/desk.ts";
import { formatNumber, language } from "../i18n/index.ts";
import { formatLeft } from "../i18n/left.ts";
import { languageName } from "../i18n/names.ts";
import { useConnection, useDo, useNow, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { matterOf } from "../model/matter.ts";
import { queued } from "../model/queue.ts";
import { type Question, type SessionDoc, stageOf } from "../model/session.ts";
import { translationOf } from "../model/translate.ts";
import { Pace } from "../page/Pace.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Poll } from "./Poll.tsx";

interface Props {
  topic: Topic;
  title: string;
  start: number | undefined;
  end: number | undefined;
}

/** The time that is left, what to answer now, what comes next, and what backstage has to say. */
export function View({ topic, title, start, end }: Props) {
  const doc = useSessionDoc(topic);
  const { question: now } = stageOf(doc);
  const current = now === null ? undefined : doc.question?.[now];
  const next = queued(doc).filter(({ id }) => id !== now);
  return (
    <div class="hall podium">
      <header class="podium-head">
        <h1 dir="auto">{title}</h1>
        <Time start={start} end={end} />
        <Line />
      </header>
      <Notes topic={topic} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach what is below. */}
      <main class="podium-main" tabIndex={0}>
        {now !== null && current && (
          <section class="podium-now" data-length={lengthOf(current.text)} aria-labelledby="now">
            <h2 id="now">
              <Icon name="mic" />
              {t("sv.now")}
            </h2>
            <Words doc={doc} id={now} question={current} />
          </section>
        )}
        <Shown doc={doc} />
        <section class="podium-next" aria-labelledby="next">
          <h2 id="next">{t("sv.next")}</h2>
          {next.length === 0 && <p class="podium-none">{t("sv.none")}</p>}
          <ol>
            {next.map(({ id, question, votes }) => (
              <li key={id}>
                <Words doc={doc} id={id} question={question} />
                <span class="podium-by num">
                  <bdi>{question.name ?? t("question.anonymous")}</bdi>
                  <Icon name="up" />
                  {formatNumber(votes)}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </main>
      <footer class="podium-foot">
        <PaceNow topic={topic} />
      </footer>
    </div>
  );
}

/** Characters from which a question is written smaller, so that its end is in sight too. */
const LONG = 110;
const VERY_LONG = 280;

function lengthOf({ length }: string): string | undefined {
  return length > VERY_LONG ? "very" : length > LONG ? "long" : undefined;
}

/** A question in the language of this page, if somebody has put it so, and as it was written. */
function Words({ doc, id, question }: { doc: SessionDoc; id: string; question: Question }) {
  const other = question.lang === language() ? undefined : translationOf(doc, id, language());
  const own = (
    <p class={other ? "podium-from" : "podium-words"} dir={question.dir ?? "auto"} lang={question.lang}>
      {question.gone ? t("question.gone") : question.text}
    </p>
  );
  if (!other || other.gone) return own;
  return (
    <>
      <p class="podium-words" dir={other.dir} lang={other.lang}>
        {other.text}
      </p>
      {own}
      {question.lang && (
        <p class="podium-by">
          <Icon name="globe" />
          {other.machine ? t("words.machine") : t("words.from", { language: languageName(question.lang) })}
        </p>
      )}
    </>
  );
}

/** Minutes and seconds until the end, and beyond it; red when it is near. */
function Time({ start, end }: { start: number | undefined; end: number | undefined }) {
  const now = useNow(1_000);
  if (end === undefined) return null;
  const early = start !== undefined && now < start;
  const left = (early ? start : end) - now;
  const words = early ? "sv.starts" : left >= 0 ? "sv.left" : "sv.over";
  return (
    <p class="podium-time num" role="timer" data-near={!early && left < NEAR ? "" : undefined}>
      <strong>{clockOf(Math.abs(left))}</strong> {t(words)}
    </p>
  );
}

const HOUR = 3_600_000;

/** Minutes and seconds, behind the hours if there are any. */
function clockOf(ms: number): string {
  const rest = formatLeft(ms % HOUR);
  return ms < HOUR ? rest : `${formatNumber(Math.floor(ms / HOUR))}:${rest.padStart(5, "0")}`;
}

/** Milliseconds before the end that a speaker should see at a glance. */
const NEAR = 5 * 60_000;

function Line() {
  const live = useConnection().line.phase === "live";
  return (
    <span
      class="hall-line"
      data-live={live ? "" : undefined}
      role="img"
      aria-label={live ? t("line.live") : t("line.waiting")}
    />
  );
}

/** What backstage wrote and nobody here has read: over everything, until somebody has. */
function Notes({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const notes = useSessionDoc(topic).note ?? {};
  const unread = Object.entries(notes)
    .filter(([, note]) => note.read === undefined && !note.gone)
    .sort(([, a], [, b]) => a.at - b.at);
  return (
    <div class="podium-notes" role="alert">
      {unread.map(([id, note]) => (
        <div class="podium-note" key={id}>
          <p>
            <strong>{t("sv.note")}</strong>
            <span dir="auto">{note.text}</span>
          </p>
          <Button look="primary" icon="check" onClick={() => act({ type: "note.ack", id })}>
            {t("sv.read")}
          </Button>
        </div>
      ))}
    </div>
  );
}

/** The poll that the hall sees, with what came out of it if that may be seen. */
function Shown({ doc }: { doc: SessionDoc }) {
  const matter = matterOf(doc);
  return matter?.kind === "poll" ? <Poll doc={doc} {...matter.poll} /> : null;
}

function PaceNow({ topic }: { topic: Topic }) {
  const pace = useSelect(topic.state, (s) => s.pace);
  const online = useSelect(topic.state, (s) => s.online);
  return <Pace pace={pace} online={online} />;
}
