import { useState } from "preact/hooks";
import { t } from "../../i18n/polls.ts";
import { useDo, useNow, useOutbox } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import { fits, voteOf } from "../../model/answers.ts";
import { ownAnswer } from "../../model/own.ts";
import type { Answer, Poll } from "../../model/poll.ts";
import type { ListedPoll } from "../../model/polls.ts";
import { isRight } from "../../model/results.ts";
import { type Settings, settingsOf } from "../../model/session.ts";
import { mayAnswer, seesCounts } from "../../model/sight.ts";
import { Countdown } from "../../page/Countdown.tsx";
import { leftWords } from "../../page/poll/words.ts";
import { useSessionDoc, useSessionMine } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip, LiveChip } from "../../ui/Chip.tsx";
import { AnswerField } from "./AnswerField.tsx";
import { Delivered } from "./Delivered.tsx";
import { Result } from "./Result.tsx";
import { Survey } from "./Survey.tsx";
import { useWish } from "./useWish.ts";

interface Props extends ListedPoll {
  topic: Topic;
}

/** One poll: the form while it is open and unanswered, then the answer and what may be seen of the result. */
export function PollCard({ topic, id, poll, tally }: Props) {
  const settings = settingsOf(useSessionDoc(topic));
  const open = mayAnswer(settings, poll, useNow(poll.closes === undefined ? 60_000 : 1_000));
  return (
    <article class="card poll" data-open={open ? "" : undefined} data-kind={poll.kind} aria-labelledby={`p-${id}`}>
      <PollHead poll={poll} people={tally.people} open={open} settings={settings} />
      <h2 id={`p-${id}`} dir="auto">
        {poll.title}
      </h2>
      {poll.kind === "survey" ? (
        <Survey topic={topic} id={id} open={open} />
      ) : (
        <Answering topic={topic} id={id} poll={poll} tally={tally} open={open} />
      )}
    </article>
  );
}

interface HeadProps {
  poll: Poll;
  people: number;
  open: boolean;
  settings: Settings;
}

function PollHead({ poll, people, open, settings }: HeadProps) {
  return (
    <div class="row spread">
      <span class="row">
        {open ? <LiveChip>{t("poll.open")}</LiveChip> : <Chip>{t("poll.closed")}</Chip>}
        {open && settings.live && poll.closes !== undefined && (
          <Chip tone="warn" icon="clock">
            <Countdown until={poll.closes} words={leftWords} />
          </Chip>
        )}
        {poll.round !== undefined && <Chip>{t("poll.round", { round: poll.round })}</Chip>}
      </span>
      <span class="soft num">{t("poll.people", { n: people })}</span>
    </div>
  );
}

function Answering({ topic, id, poll, tally, open }: Props & { open: boolean }) {
  const mine = useSessionMine(topic);
  const { answer, delivery } = ownAnswer(mine, useOutbox(), id);
  const [changing, setChanging] = useState(false);
  const form = open && (!answer || changing);
  const peek = form && !answer && seesCounts(poll, false) && tally.people > 0;
  return (
    <>
      {form ? (
        <PollForm
          key={poll.round}
          topic={topic}
          id={id}
          poll={poll}
          answer={answer}
          onDone={() => setChanging(false)}
        />
      ) : (
        <Result topic={topic} id={id} poll={poll} tally={tally} answer={answer} />
      )}
      <Verdict poll={poll} answer={answer} score={mine.answer?.[id]?.score ?? 0} />
      <Delivered delivery={delivery} />
      {open && answer && !changing && (
        <div class="row spread">
          <span class="soft">{t(poll.fixed ? "poll.in.fixed" : "poll.in")}</span>
          {!poll.fixed && (
            <Button small onClick={() => setChanging(true)}>
              {t("poll.change")}
            </Button>
          )}
        </div>
      )}
      {peek && (
        <details class="fold">
          <summary>{t("poll.peek")}</summary>
          <Result topic={topic} id={id} poll={poll} tally={tally} answer={answer} />
        </details>
      )}
    </>
  );
}

/** Whether my answer in a quiz was right, once that is told. */
function Verdict({ poll, answer, score }: { poll: Poll; answer: Answer | undefined; score: number }) {
  if (poll.kind !== "quiz" || !poll.solved) return null;
  if (!answer?.choice) return <p class="verdict">{t("quiz.missed")}</p>;
  const right = isRight(poll, answer.choice) === true;
  return (
    <p class="verdict" data-right={String(right)}>
      {right ? t("quiz.correct", { n: score }) : t("quiz.wrong")}
    </p>
  );
}

interface FormProps {
  topic: Topic;
  id: string;
  poll: Poll;
  answer: Answer | undefined;
  onDone: () => void;
}

/** Nothing is sent before the button: arrow keys move through radios. */
function PollForm({ topic, id, poll, answer, onDone }: FormProps) {
  const act = useDo(topic);
  const [wished, wish, forget] = useWish(id, poll, answer);
  const ready = fits(poll, wished);
  const done = (): void => {
    forget();
    onDone();
  };
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        if (!ready || !wished) return;
        act(voteOf(id, poll, wished));
        done();
      }}
    >
      <AnswerField id={id} poll={poll} answer={wished} onAnswer={wish} />
      <div class="row">
        <Button look="primary" type="submit" icon="send" disabled={!ready}>
          {t("poll.submit")}
        </Button>
        {answer && (
          <Button
            onClick={() => {
              act({ type: "poll.vote", id, choice: [] });
              done();
            }}
          >
            {t("poll.withdraw")}
          </Button>
        )}
        {answer && (
          <Button look="plain" onClick={done}>
            {t("cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
