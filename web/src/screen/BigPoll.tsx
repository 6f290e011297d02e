import { t } from "../i18n/polls.ts";
import { useNow } from "../live/hooks.ts";
import { optionsOf } from "../model/answers.ts";
import type { Poll } from "../model/poll.ts";
import { type ListedPoll, questionsOf } from "../model/polls.ts";
import { pastOf } from "../model/results.ts";
import type { SessionDoc } from "../model/session.ts";
import { hallSees, textsOf } from "../model/sight.ts";
import { Countdown } from "../page/Countdown.tsx";
import { Picture } from "../page/poll/Picture.tsx";
import { leftWords, optionText } from "../page/poll/words.ts";
import { Icon } from "../ui/Icon.tsx";
import { useFit } from "./useFit.ts";

/** Milliseconds that each question of a survey stands. */
const STANDS = 12_000;

interface Props extends ListedPoll {
  doc: SessionDoc;
  live: boolean;
}

/** One poll as large as the picture allows: what is asked while the counts are hidden, then how it came out. */
export function BigPoll({ doc, live, ...listed }: Props) {
  const questions = questionsOf(doc, listed.id);
  const turn = Math.floor(useNow(1_000) / STANDS);
  const shown = questions.filter((q) => hallSees(q.poll, q.tally));
  const one = shown[turn % Math.max(1, shown.length)];
  return (
    <article class="big big-poll" data-kind={listed.poll.kind}>
      <PollHead {...listed} live={live} />
      {one ? (
        <Result key={one.id} doc={doc} {...one} />
      ) : hallSees(listed.poll, listed.tally) && listed.poll.kind !== "survey" ? (
        <Result doc={doc} {...listed} />
      ) : (
        <Asked poll={listed.poll} questions={questions.length} />
      )}
    </article>
  );
}

function PollHead({ poll, tally, live }: ListedPoll & { live: boolean }) {
  const open = live && poll.state === "open";
  return (
    <p class="big-kind">
      <Icon name="poll" />
      {open ? t("screen.vote") : t("poll.results")}
      {poll.round !== undefined && <span>{t("poll.round", { round: poll.round })}</span>}
      {open && poll.closes !== undefined && (
        <span class="big-left">
          <Icon name="clock" />
          <Countdown until={poll.closes} words={leftWords} />
        </span>
      )}
      <span class="num">{t("poll.people", { n: tally.people })}</span>
    </p>
  );
}

function Title({ words }: { words: string }) {
  const box = useFit(words);
  return (
    <div class="big-title" ref={box}>
      <h2 dir="auto">{words}</h2>
    </div>
  );
}

function Result({ doc, id, poll, tally }: ListedPoll & { doc: SessionDoc }) {
  const past = pastOf(doc, id);
  const texts = textsOf(doc, id);
  const box = useFit(`${id} ${tally.people} ${past.length} ${texts.length}`);
  return (
    <>
      <Title words={poll.title} />
      <div class="big-picture" ref={box}>
        <Picture poll={poll} tally={tally} past={past} texts={texts} />
      </div>
    </>
  );
}

/** What may be answered, without any count. */
function Asked({ poll, questions }: { poll: Poll; questions: number }) {
  const options = optionsOf(poll);
  const box = useFit<HTMLUListElement>(options.map((o) => o.text).join("\n"));
  return (
    <>
      <Title words={poll.title} />
      {options.length > 0 ? (
        <ul class="big-options" ref={box} data-many={options.length > 6 ? "" : undefined}>
          {options.map((o) => (
            <li key={o.id} dir="auto">
              {optionText(poll, o.id)}
            </li>
          ))}
        </ul>
      ) : (
        <p class="hall-quiet">
          <Icon name="poll" />
          {poll.state !== "open"
            ? t("poll.hidden")
            : poll.kind === "survey"
              ? t("survey.questions", { n: questions })
              : t("screen.phone")}
        </p>
      )}
      {options.length > 0 && (
        <p class="big-by">
          <Icon name="hide" />
          {t("poll.hidden")}
        </p>
      )}
    </>
  );
}
