import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** What the hall sees now, small. */
export function StagePreview({ topic, session }: { topic: Topic; session: string }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const { question, poll } = stageOf(doc);
  const asked = question === null ? undefined : doc.question?.[question];
  const polled = poll === null ? undefined : doc.poll?.[poll];
  const clear = (): void => {
    if (polled && poll !== null) act({ type: "poll.stage", id: poll, on: false });
    else if (question !== null) act({ type: "question.highlight", id: question, on: false });
  };
  return (
    <section class="stack stage-preview" aria-labelledby="stage-title">
      <div class="row spread">
        <h2 id="stage-title">{t("stage.title")}</h2>
        <a class="button" data-look="plain" data-small="" href={`/screen/${session}`} target="_blank" rel="noopener">
          <Icon name="screen" />
          {t("stage.open")}
        </a>
      </div>
      <div class="stage-frame" data-theme="hall">
        {polled ? (
          <>
            <Icon name="poll" />
            <strong dir="auto">{polled.title}</strong>
          </>
        ) : asked ? (
          <strong dir="auto">{asked.text}</strong>
        ) : (
          <span>{t("stage.idle")}</span>
        )}
      </div>
      {(polled || asked) && (
        <Button small icon="close" onClick={clear}>
          {t("do.unhighlight")}
        </Button>
      )}
    </section>
  );
}
