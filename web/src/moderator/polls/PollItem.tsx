import { useState } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import type { Poll } from "../../model/poll.ts";
import { type ListedPoll, questionsOf } from "../../model/polls.ts";
import { stageOf } from "../../model/session.ts";
import { moved } from "../../model/sheet.ts";
import { Countdown } from "../../page/Countdown.tsx";
import { leftWords } from "../../page/poll/words.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip, LiveChip } from "../../ui/Chip.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { doAndOffer } from "../undo.ts";
import { KindIcon } from "./KindIcon.tsx";
import { PollBody } from "./PollBody.tsx";
import { PollEditor } from "./PollEditor.tsx";
import { PollSteps } from "./PollSteps.tsx";

interface Props {
  topic: Topic;
  listed: ListedPoll;
  /** The run sheet it stands in, and where. */
  sheet?: readonly ListedPoll[];
  at?: number;
}

/** One poll of the run sheet: a line, and all of it while it is open or was opened here. */
export function PollItem({ topic, listed, sheet, at = 0 }: Props) {
  const { id, poll, tally } = listed;
  const doc = useSessionDoc(topic);
  const [unfolded, unfold] = useState<boolean>();
  const [editing, edit] = useState(false);
  const staged = stageOf(doc).poll === id;
  const whole = unfolded ?? (poll.state === "open" || staged);
  if (editing) return <PollEditor topic={topic} edited={listed} onDone={() => edit(false)} />;
  return (
    <article class="card stack mod-poll" data-open={poll.state === "open" ? "" : undefined}>
      <div class="poll-line">
        <button type="button" class="poll-title" aria-expanded={whole} onClick={() => unfold(!whole)}>
          <KindIcon kind={poll.kind} />
          <span class="grow">
            <strong dir="auto">{poll.title}</strong>
            <span class="row">
              <State poll={poll} />
              {staged && (
                <Chip tone="accent" icon="screen">
                  {t("stage.title")}
                </Chip>
              )}
              {poll.state !== "draft" && <span class="soft num">{t("poll.people", { n: tally.people })}</span>}
              {poll.kind === "survey" && (
                <span class="soft num">{t("survey.questions", { n: questionsOf(doc, id).length })}</span>
              )}
            </span>
          </span>
          <Icon name="next" />
        </button>
        {sheet && sheet.length > 1 && <Places topic={topic} listed={listed} sheet={sheet} at={at} />}
      </div>
      {whole && <PollBody topic={topic} listed={listed} />}
      <PollSteps topic={topic} listed={listed} whole={whole} onEdit={() => edit(true)} />
    </article>
  );
}

function State({ poll }: { poll: Poll }) {
  return (
    <>
      {poll.state === "open" ? <LiveChip>{t("poll.open")}</LiveChip> : <Chip>{t(`poll.${poll.state}`)}</Chip>}
      {poll.state === "open" && poll.closes !== undefined && (
        <Chip tone="warn" icon="clock">
          <Countdown until={poll.closes} words={leftWords} />
        </Chip>
      )}
      {poll.round !== undefined && <Chip>{t("poll.round", { round: poll.round })}</Chip>}
    </>
  );
}

/** Up and down in the run sheet. */
function Places({ topic, listed: { id, poll }, sheet, at }: Required<Props>) {
  const act = useDo(topic);
  const { title } = poll;
  const go = (by: -1 | 1): void =>
    doAndOffer(topic, act, { type: "poll.order", ids: moved(sheet, id, by) }, t("poll.did.order"));
  return (
    <span class="poll-places">
      <Button small look="plain" icon="up" label={t("run.up", { title })} disabled={at === 0} onClick={() => go(-1)} />
      <Button
        small
        look="plain"
        icon="down"
        label={t("run.down", { title })}
        disabled={at === sheet.length - 1}
        onClick={() => go(1)}
      />
    </span>
  );
}
