import { t } from "../../i18n/polldesk.ts";
import { useDo, useHub } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import { type Poll, type Visibility, visibilities } from "../../model/poll.ts";
import { type ListedPoll, questionsOf } from "../../model/polls.ts";
import { stageOf } from "../../model/session.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { doAndOffer } from "../undo.ts";
import { duplicate } from "./duplicate.ts";

interface Props {
  topic: Topic;
  listed: ListedPoll;
  whole: boolean;
  onEdit: () => void;
}

/** What may be done with a poll: the next step in sight, two switches while it is unfolded, the rest behind "more". */
export function PollSteps({ topic, listed, whole, onEdit }: Props) {
  const { id, poll } = listed;
  const act = useDo(topic);
  const staged = stageOf(useSessionDoc(topic)).poll === id;
  const asked = poll.state === "open" || poll.state === "closed";
  return (
    <>
      <div class="mod-actions">
        <Next topic={topic} listed={listed} />
        {poll.state === "draft" && poll.opened === undefined && (
          <Button small icon="edit" onClick={onEdit}>
            {t("do.edit")}
          </Button>
        )}
      </div>
      {whole && asked && (
        <div class="poll-sight">
          <Choice
            label={t("vis.title")}
            chosen={poll.results}
            onChoose={(results) =>
              doAndOffer(topic, act, { type: "poll.set", id, results }, t(`vis.did.${results as Visibility}`))
            }
            options={visibilities.map((key) => ({ key, label: t(`vis.${key}`) }))}
          />
          <Switch
            label={t("stage.title")}
            on={staged}
            onTurn={(on) => doAndOffer(topic, act, { type: "poll.stage", id, on }, t("poll.did.set"))}
          />
        </div>
      )}
      {whole && <More topic={topic} listed={listed} />}
    </>
  );
}

/** The one or two steps that are expected now. */
function Next({ topic, listed: { id, poll } }: { topic: Topic; listed: ListedPoll }) {
  const act = useDo(topic);
  const step = (type: string, words: string, more: object = {}): void =>
    doAndOffer(topic, act, { type: `poll.${type}`, id, ...more }, words);
  const solvable = poll.kind === "quiz" || poll.truth !== undefined;
  switch (poll.state) {
    case "draft":
      return (
        <Button small look="primary" onClick={() => step("open", t("poll.did.open"))}>
          {t("poll.do.open")}
        </Button>
      );
    case "open":
      return (
        <>
          <Button small look="primary" onClick={() => step("close", t("poll.did.close"))}>
            {t("poll.do.close")}
          </Button>
          <Longer poll={poll} step={step} />
        </>
      );
    case "closed":
      return (
        <>
          {solvable && (
            <Button
              small
              look={poll.solved ? undefined : "primary"}
              icon={poll.solved ? "hide" : "check"}
              onClick={() =>
                step("solve", t(poll.solved ? "poll.did.unsolve" : "poll.did.solve"), { on: !poll.solved })
              }
            >
              {t(poll.solved ? "poll.do.unsolve" : "poll.do.solve")}
            </Button>
          )}
          {poll.results === "hidden" && (
            <Button
              small
              look={solvable ? undefined : "primary"}
              icon="eye"
              onClick={() => step("reveal", t("vis.did.shown"))}
            >
              {t("poll.do.reveal")}
            </Button>
          )}
        </>
      );
    case "archived":
      return (
        <Button small icon="undo" onClick={() => step("archive", t("poll.did.unarchive"), { on: false })}>
          {t("do.restore")}
        </Button>
      );
  }
}

/** Seconds that one press adds to a countdown, or begins one with. */
const LONGER = 30;

interface LongerProps {
  poll: Poll;
  step: (type: string, words: string, more: object) => void;
}

function Longer({ poll, step }: LongerProps) {
  const { clock } = useHub();
  const longer = (): void => {
    // The hub's clock decides what is left; this device may have another.
    const left = poll.closes === undefined ? 0 : Math.max(0, Math.ceil((poll.closes - clock.now()) / 1_000));
    step("time", t("poll.did.time"), { secs: left + LONGER });
  };
  return (
    <>
      <Button small icon="clock" onClick={longer}>
        {t(poll.closes === undefined ? "poll.do.time" : "poll.do.longer", { n: LONGER })}
      </Button>
      {poll.closes !== undefined && (
        <Button small onClick={() => step("time", t("poll.did.time"), { secs: 0 })}>
          {t("poll.do.endless")}
        </Button>
      )}
    </>
  );
}

function More({ topic, listed: { id, poll } }: { topic: Topic; listed: ListedPoll }) {
  const act = useDo(topic);
  const doc = useSessionDoc(topic);
  const step = (type: string, words: string, more: object = {}): void =>
    doAndOffer(topic, act, { type: `poll.${type}`, id, ...more }, words);
  const copy = (): void => {
    for (const cmd of duplicate({ id, poll }, questionsOf(doc, id))) act(cmd);
    toast(t("poll.did.copy"));
  };
  const asked = poll.state === "open" || poll.state === "closed";
  return (
    <details class="fold poll-more">
      <summary>
        <Icon name="dots" />
        {t("poll.more")}
      </summary>
      <div class="stack">
        <Switch
          label={t("edit.screen")}
          on={poll.screen === true}
          onTurn={(screen) => step("set", t("poll.did.set"), { screen })}
        />
        <Switch
          label={t("edit.fixed")}
          on={poll.fixed === true}
          onTurn={(fixed) => step("set", t("poll.did.set"), { fixed })}
        />
        <div class="mod-actions">
          {asked && (
            <Button small icon="plus" onClick={() => step("round", t("poll.did.round"))}>
              {t("poll.do.round")}
            </Button>
          )}
          {poll.state === "closed" && (
            <Button small onClick={() => step("open", t("poll.did.open"))}>
              {t("poll.do.reopen")}
            </Button>
          )}
          <Button small onClick={copy}>
            {t("poll.do.copy")}
          </Button>
          {poll.state !== "open" && poll.state !== "archived" && (
            <Button small onClick={() => step("archive", t("poll.did.archive"), { on: true })}>
              {t("poll.do.archive")}
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}
