import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { matterOf } from "../model/matter.ts";
import { stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { doAndOffer } from "./undo.ts";

/** What the hall sees now: its very page, small. */
export function StagePreview({ topic, session }: { topic: Topic; session: string }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const matter = matterOf(doc);
  const dark = stageOf(doc).dark === true;
  const panic = (): void => doAndOffer(topic, act, { type: "stage.clear", on: true }, t("did.dark"));
  const clear = (): void => {
    if (matter?.kind === "leaderboard") act({ type: "stage.leaderboard", on: false });
    if (matter?.kind === "poll") act({ type: "poll.stage", id: matter.poll.id, on: false });
    if (matter?.kind === "question") act({ type: "question.highlight", id: matter.id, on: false });
  };
  // A poll that stands there because it is open leaves by being closed.
  const clearable = matter !== undefined && (matter.kind !== "poll" || matter.staged);
  return (
    <section class="stack stage-preview" aria-labelledby="stage-title">
      <div class="row spread">
        <h2 id="stage-title">{t("stage.title")}</h2>
        <ButtonLink look="plain" small icon="screen" href={`/screen/${session}`} beside>
          {t("stage.open")}
        </ButtonLink>
      </div>
      <iframe
        class="stage-frame"
        src={`/screen/${session}`}
        title={t("stage.title")}
        tabIndex={-1}
        loading="lazy"
        data-theme="hall"
      />
      {dark && (
        <p class="soft" role="status">
          {t("panic.on")}
        </p>
      )}
      <div class="row spread">
        {dark ? (
          <Button small look="primary" icon="eye" onClick={() => act({ type: "stage.clear", on: false })}>
            {t("panic.undo")}
          </Button>
        ) : (
          <Button small look="danger" icon="hide" onClick={panic}>
            {t("panic.do")}
          </Button>
        )}
        {clearable && (
          <Button small icon="close" onClick={clear}>
            {t("do.unhighlight")}
          </Button>
        )}
      </div>
    </section>
  );
}
