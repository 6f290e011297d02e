import { t } from "../i18n/polls.ts";
import type { Topic } from "../live/topic.ts";
import { listedPolls } from "../model/polls.ts";
import { settingsOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Empty } from "../ui/Banner.tsx";
import { PollCard } from "./PollCard.tsx";
import "../styles/pictures.css";
import "../styles/polls.css";

export { pollWords } from "../i18n/polls.ts";

export function PollsTab({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const polls = listedPolls(doc);
  if (polls.length === 0) {
    return (
      <Empty icon="poll" title={t("polls.empty")}>
        <p>{t("polls.empty.lead")}</p>
      </Empty>
    );
  }
  return (
    <ul class="rows polls">
      {polls.map((listed) => (
        <li key={listed.id}>
          <PollCard topic={topic} {...listed} settings={settingsOf(doc)} />
        </li>
      ))}
    </ul>
  );
}
