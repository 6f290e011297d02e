import { t } from "../../i18n/polls.ts";
import type { Topic } from "../../live/topic.ts";
import { listedPolls } from "../../model/polls.ts";
import { useSessionDoc, useSessionMine } from "../../page/useSession.ts";
import { Empty } from "../../ui/Banner.tsx";
import { PollCard } from "./PollCard.tsx";
import { Quiz } from "./Quiz.tsx";
import "../../styles/pictures.css";
import "../../styles/polls.css";

export { pollWords } from "../../i18n/polls.ts";

/** All polls, open ones first; and how the quiz stands, if there is one. */
export function PollsTab({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const polls = listedPolls(doc, useSessionMine(topic));
  if (polls.length === 0) {
    return (
      <Empty icon="poll" title={t("polls.empty")}>
        <p>{t("polls.empty.lead")}</p>
      </Empty>
    );
  }
  // What is to be answered now comes first.
  const open = polls.some(({ poll }) => poll.state === "open");
  return (
    <div class="stack">
      {!open && <Quiz topic={topic} />}
      <ul class="rows">
        {polls.map((listed) => (
          <li key={listed.id}>
            <PollCard topic={topic} {...listed} />
          </li>
        ))}
      </ul>
      {open && <Quiz topic={topic} />}
    </div>
  );
}
