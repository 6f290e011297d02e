import { useState } from "preact/hooks";
import { t } from "../../i18n/polls.ts";
import { useDo, useOutbox } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import { fits, voteOf } from "../../model/answers.ts";
import { ownAnswer } from "../../model/own.ts";
import type { Answer } from "../../model/poll.ts";
import { type ListedPoll, questionsOf } from "../../model/polls.ts";
import { useSessionDoc, useSessionMine } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { AnswerField } from "./AnswerField.tsx";
import { Delivered } from "./Delivered.tsx";
import { Result } from "./Result.tsx";
import { useWish } from "./useWish.ts";

/** Several questions at one's own pace: one after the other, each safe as soon as it is left. */
export function Survey({ topic, id, open }: { topic: Topic; id: string; open: boolean }) {
  const doc = useSessionDoc(topic);
  const mine = useSessionMine(topic);
  const pending = useOutbox();
  const questions = questionsOf(doc, id, mine);
  const answers = questions.map((q) => ownAnswer(mine, pending, q.id).answer);
  const [at, setAt] = useState(() => firstOpen(answers));
  if (!open) return <SurveyResults topic={topic} questions={questions} answers={answers} />;
  const current = questions[at];
  if (!current) {
    return (
      <div class="stack">
        <p class="verdict">{t(answers.some(Boolean) ? "survey.done" : "survey.none")}</p>
        <SurveyResults topic={topic} questions={questions} answers={answers} />
        <div>
          <Button small icon="back" onClick={() => setAt(0)}>
            {t("survey.review")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <Question
      key={current.id}
      topic={topic}
      listed={current}
      answer={answers[at]}
      at={at}
      of={questions.length}
      onGo={(by) => setAt(at + by)}
    />
  );
}

/** Whoever comes back goes on where they were; whoever is through sees that. */
function firstOpen(answers: readonly (Answer | undefined)[]): number {
  const first = answers.indexOf(undefined);
  return first < 0 ? answers.length : first;
}

interface QuestionProps {
  topic: Topic;
  listed: ListedPoll;
  answer: Answer | undefined;
  at: number;
  of: number;
  onGo: (by: -1 | 1) => void;
}

function Question({ topic, listed: { id, poll }, answer, at, of, onGo }: QuestionProps) {
  const act = useDo(topic);
  const [wished, wish, forget] = useWish(id, poll, answer);
  const changed = wished !== answer;
  const ready = wished !== undefined && fits(poll, wished);
  const fixed = poll.fixed === true && answer !== undefined;
  const { delivery } = ownAnswer(useSessionMine(topic), useOutbox(), id);
  const next = (): void => {
    if (changed && ready) {
      act(voteOf(id, poll, wished));
      forget();
    }
    onGo(1);
  };
  return (
    <form
      class="stack survey"
      onSubmit={(e) => {
        e.preventDefault();
        next();
      }}
    >
      <p class="soft num">{t("poll.of", { at: at + 1, of })}</p>
      <div class="bar-track" aria-hidden="true">
        <div class="bar-fill" style={{ "--p": String(at / of) }} />
      </div>
      <h3 id={`p-${id}`} dir="auto">
        {poll.title}
      </h3>
      {fixed ? (
        <Result topic={topic} id={id} poll={poll} tally={{ people: 0 }} answer={answer} />
      ) : (
        <AnswerField id={id} poll={poll} answer={wished} onAnswer={wish} />
      )}
      <Delivered delivery={delivery?.reason ? delivery : undefined} />
      <div class="row spread">
        <Button look="plain" icon="back" disabled={at === 0} onClick={() => onGo(-1)}>
          {t("survey.back")}
        </Button>
        <Button look={ready ? "primary" : undefined} type="submit" disabled={changed && wished !== undefined && !ready}>
          {t(ready || fixed ? (at === of - 1 ? "survey.finish" : "survey.next") : "survey.skip")}
        </Button>
      </div>
    </form>
  );
}

interface ResultsProps {
  topic: Topic;
  questions: readonly ListedPoll[];
  answers: readonly (Answer | undefined)[];
}

function SurveyResults({ topic, questions, answers }: ResultsProps) {
  return (
    <ol class="survey-results">
      {questions.map((q, i) => (
        <li key={q.id} class="stack">
          <h3 dir="auto">{q.poll.title}</h3>
          <Result topic={topic} {...q} answer={answers[i]} />
        </li>
      ))}
    </ol>
  );
}
