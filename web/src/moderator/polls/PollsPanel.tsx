import { useState } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import type { Topic } from "../../live/topic.ts";
import { runSheet } from "../../model/sheet.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Files } from "./Files.tsx";
import { PollEditor } from "./PollEditor.tsx";
import { PollItem } from "./PollItem.tsx";
import { QuizPanel } from "./QuizPanel.tsx";
import { useNext } from "./useNext.ts";
import "../../styles/pictures.css";
import "../../styles/pollsdesk.css";

export { pollDeskWords } from "../../i18n/polldesk.ts";

/** The run sheet: all polls in the order in which they are to be asked, and the step that comes next. */
export function PollsPanel({ topic, session }: { topic: Topic; session: string }) {
  const [making, make] = useState(false);
  const sheet = runSheet(useSessionDoc(topic));
  const { polls, archived, next } = sheet;
  const goOn = useNext(topic, sheet);
  return (
    <div class="stack">
      {next && !making && (
        <Button look="primary" icon="next" onClick={goOn}>
          <span class="one-line">
            {t("run.next")} <bdi>{next.poll.title}</bdi>
          </span>
        </Button>
      )}
      {making ? (
        <PollEditor topic={topic} onDone={() => make(false)} />
      ) : (
        <div class="row spread">
          <Button look={polls.length === 0 ? "primary" : undefined} icon="plus" onClick={() => make(true)}>
            {t("polls.new")}
          </Button>
          <Files session={session} />
        </div>
      )}
      {polls.length === 0 && !making && <p class="soft">{t("polls.none")}</p>}
      <ol class="rows run-sheet" aria-label={t("run.title")}>
        {polls.map((listed, i) => (
          <li key={listed.id}>
            <PollItem topic={topic} listed={listed} sheet={polls} at={i} />
          </li>
        ))}
      </ol>
      <QuizPanel topic={topic} />
      {archived.length > 0 && (
        <details class="fold">
          <summary>{t("run.archived", { n: archived.length })}</summary>
          <ul class="rows">
            {archived.map((listed) => (
              <li key={listed.id}>
                <PollItem topic={topic} listed={listed} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
