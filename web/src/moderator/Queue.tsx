import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { queued } from "../model/queue.ts";
import { stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { make } from "./actions.ts";

/** What goes to the stage next, in the order in which it was queued. */
export function Queue({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const { question: now } = stageOf(doc);
  const list = queued(doc).filter((q) => q.id !== now);
  const next = list[0];
  const advance = (): void => {
    if (now) make(topic, act, "answered", now);
    if (next) make(topic, act, "highlight", next.id);
  };
  return (
    <section class="stack queue" aria-labelledby="queue">
      <div class="row spread">
        <h2 id="queue">{t("lane.queue")}</h2>
        {now && next && (
          <Button small look="primary" icon="next" onClick={advance}>
            {t("do.next")}
          </Button>
        )}
      </div>
      {list.length === 0 && <p class="soft">{t("lane.queue.empty")}</p>}
      <ol class="rows">
        {list.map(({ id, question }) => (
          <li key={id} class="queue-row">
            <span class="grow" dir={question.dir ?? "auto"} lang={question.lang}>
              {question.text}
            </span>
            <Button small icon="mic" label={t("do.highlight")} onClick={() => make(topic, act, "highlight", id)} />
            <Button
              small
              look="plain"
              icon="close"
              label={t("do.unstar")}
              onClick={() => make(topic, act, "unstar", id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
