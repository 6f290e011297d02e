import { t } from "../../i18n/polls.ts";
import type { Topic } from "../../live/topic.ts";
import type { Answer, Poll } from "../../model/poll.ts";
import type { ListedPoll } from "../../model/polls.ts";
import { pastOf } from "../../model/results.ts";
import { seesCounts, toldTexts } from "../../model/sight.ts";
import { Picture } from "../../page/poll/Picture.tsx";
import { answerTexts } from "../../page/poll/words.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props extends ListedPoll {
  topic: Topic;
  answer: Answer | undefined;
}

/** The picture as far as it may be seen, and my answer where the picture does not show it. */
export function Result({ topic, id, poll, tally, answer }: Props) {
  const doc = useSessionDoc(topic);
  const seen = seesCounts(poll, answer !== undefined);
  return (
    <>
      {answer && !(seen && marksOwn(poll)) && <Own poll={poll} answer={answer} />}
      {seen ? (
        <Picture poll={poll} tally={tally} past={pastOf(doc, id)} own={answer} texts={toldTexts(doc, id, tally)} />
      ) : (
        <p class="row soft">
          <Icon name="hide" />
          {t(hiddenWords(poll))}
        </p>
      )}
    </>
  );
}

/** Pictures in which one's own answer is marked. */
const marksOwn = ({ kind }: Poll): boolean => !["ranking", "points", "text", "cloud", "number"].includes(kind);

function hiddenWords(poll: Poll): "poll.hidden" | "poll.after" | "poll.later" {
  if (poll.results === "voted") return "poll.after";
  return poll.results === "closed" ? "poll.later" : "poll.hidden";
}

function Own({ poll, answer }: { poll: Poll; answer: Answer }) {
  return (
    <ul class="chosen" aria-label={t("poll.yours")}>
      {answerTexts(poll, answer).map((words) => (
        <li key={words}>
          <Icon name="check" />
          <span dir="auto">{words}</span>
        </li>
      ))}
    </ul>
  );
}
