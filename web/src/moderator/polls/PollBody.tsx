import { useState } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import type { Topic } from "../../live/topic.ts";
import { optionsOf } from "../../model/answers.ts";
import type { Poll } from "../../model/poll.ts";
import { type ListedPoll, questionsOf } from "../../model/polls.ts";
import { pastOf } from "../../model/results.ts";
import { seesCounts, textsOf } from "../../model/sight.ts";
import { Picture } from "../../page/poll/Picture.tsx";
import { optionText } from "../../page/poll/words.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { KindIcon } from "./KindIcon.tsx";
import { PollEditor } from "./PollEditor.tsx";
import { WordsDesk } from "./WordsDesk.tsx";

/** What a poll asks, and how it came out so far: moderators see the counts at any time. */
export function PollBody({ topic, listed }: { topic: Topic; listed: ListedPoll }) {
  const { id, poll } = listed;
  if (poll.kind === "survey") return <Questions topic={topic} id={id} poll={poll} />;
  return (
    <>
      {poll.state === "draft" ? <Drafted poll={poll} /> : <Counted topic={topic} listed={listed} />}
      <WordsDesk topic={topic} listed={listed} />
    </>
  );
}

function Counted({ topic, listed: { id, poll, tally } }: { topic: Topic; listed: ListedPoll }) {
  const doc = useSessionDoc(topic);
  const texts = textsOf(doc, id).filter((text) => text.state === undefined && !text.gone);
  return (
    <>
      <Picture poll={poll} tally={tally} past={pastOf(doc, id)} texts={texts} />
      {!seesCounts(poll, false) && poll.in === undefined && (
        <p class="soft row">
          <Icon name="hide" />
          {t(poll.results === "voted" ? "poll.only.voted" : "poll.only")}
        </p>
      )}
    </>
  );
}

function Drafted({ poll }: { poll: Poll }) {
  const options = optionsOf(poll);
  if (options.length === 0) return null;
  return (
    <ol class="drafted soft">
      {options.map((o) => (
        <li key={o.id} dir="auto" data-right={poll.right?.includes(o.id) ? "" : undefined}>
          {optionText(poll, o.id)}
          {poll.right?.includes(o.id) && <Icon name="check" />}
        </li>
      ))}
    </ol>
  );
}

/** The questions of a survey, each with its picture; more may be added to a draft. */
function Questions({ topic, id, poll }: { topic: Topic; id: string; poll: Poll }) {
  const doc = useSessionDoc(topic);
  const [adding, add] = useState(false);
  const [edited, edit] = useState<string>();
  const draft = poll.state === "draft";
  return (
    <>
      <ol class="survey-questions">
        {questionsOf(doc, id).map((q) =>
          edited === q.id ? (
            <li key={q.id}>
              <PollEditor topic={topic} edited={q} onDone={() => edit(undefined)} />
            </li>
          ) : (
            <li key={q.id} class="stack">
              <div class="row">
                <KindIcon kind={q.poll.kind} />
                <strong class="grow" dir="auto">
                  {q.poll.title}
                </strong>
                {draft && <Button small look="plain" icon="edit" label={t("do.edit")} onClick={() => edit(q.id)} />}
              </div>
              <PollBody topic={topic} listed={q} />
            </li>
          ),
        )}
      </ol>
      {draft && adding && <PollEditor topic={topic} survey={id} onDone={() => add(false)} />}
      {draft && !adding && (
        <div>
          <Button small icon="plus" onClick={() => add(true)}>
            {t("survey.add")}
          </Button>
        </div>
      )}
    </>
  );
}
