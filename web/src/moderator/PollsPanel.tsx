import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { bars, type ListedPoll, listedPolls } from "../model/polls.ts";
import { type Poll, stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Bars } from "../ui/Bars.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip, LiveChip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/Toasts.tsx";
import { PollEditor } from "./PollEditor.tsx";

export function PollsPanel({ topic }: { topic: Topic }) {
  const [editing, setEditing] = useState(false);
  const doc = useSessionDoc(topic);
  const polls = listedPolls(doc);
  const staged = stageOf(doc).poll;
  return (
    <div class="stack">
      {editing ? (
        <PollEditor topic={topic} onDone={() => setEditing(false)} />
      ) : (
        <Button look={polls.length === 0 ? "primary" : undefined} icon="plus" onClick={() => setEditing(true)}>
          {t("polls.new")}
        </Button>
      )}
      {polls.length === 0 && !editing && <p class="soft">{t("polls.none")}</p>}
      <ul class="rows">
        {polls.map((listed) => (
          <li key={listed.id}>
            <PollItem topic={topic} listed={listed} staged={listed.id === staged} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PollItem({
  topic,
  listed: { id, poll, tally },
  staged,
}: {
  topic: Topic;
  listed: ListedPoll;
  staged: boolean;
}) {
  const result = bars(poll, tally);
  return (
    <article class="card stack mod-poll" data-open={poll.state === "open" ? "" : undefined}>
      <div class="row spread">
        <span class="row">
          <State poll={poll} />
          {staged && (
            <Chip tone="accent" icon="screen">
              {t("stage.title")}
            </Chip>
          )}
        </span>
        <span class="soft num">{t("poll.people", { n: tally.people })}</span>
      </div>
      <h3 dir="auto">{poll.title}</h3>
      {result && poll.state !== "draft" && <Bars bars={result} leadsLabel={t("poll.leading")} />}
      {poll.state === "draft" && (
        <ol class="drafted soft">
          {poll.options.map((o) => (
            <li key={o.id} dir="auto">
              {o.text}
            </li>
          ))}
        </ol>
      )}
      {poll.state !== "draft" && poll.results === "hidden" && (
        <p class="soft row">
          <Icon name="hide" />
          {t("poll.only")}
        </p>
      )}
      <PollButtons topic={topic} id={id} poll={poll} staged={staged} />
    </article>
  );
}

function State({ poll }: { poll: Poll }) {
  if (poll.state === "open") return <LiveChip>{t("poll.open")}</LiveChip>;
  return <Chip>{poll.state === "draft" ? t("poll.draft") : t("poll.closed")}</Chip>;
}

type Step = "open" | "close" | "reveal" | "hide";
const opposite: Readonly<Record<Step, Step>> = { open: "close", close: "open", reveal: "hide", hide: "reveal" };

function PollButtons({ topic, id, poll, staged }: { topic: Topic; id: string; poll: Poll; staged: boolean }) {
  const act = useDo(topic);
  const step = (name: Step): void => {
    act({ type: `poll.${name}`, id });
    toast(t(`poll.did.${name}`), { label: t("do.undo"), run: () => void act({ type: `poll.${opposite[name]}`, id }) });
  };
  const open = poll.state === "open";
  const shown = poll.results === "shown";
  return (
    <div class="mod-actions">
      {!open && (
        <Button small look={poll.state === "draft" ? "primary" : undefined} onClick={() => step("open")}>
          {poll.state === "draft" ? t("poll.do.open") : t("poll.do.reopen")}
        </Button>
      )}
      {open && (
        <Button small look="primary" onClick={() => step("close")}>
          {t("poll.do.close")}
        </Button>
      )}
      {poll.state !== "draft" && (
        <Button small icon={shown ? "hide" : "eye"} onClick={() => step(shown ? "hide" : "reveal")}>
          {shown ? t("poll.do.hide") : t("poll.do.reveal")}
        </Button>
      )}
      {poll.state !== "draft" && (
        <Button small icon="screen" onClick={() => act({ type: "poll.stage", id, on: !staged })}>
          {staged ? t("poll.do.unstage") : t("poll.do.stage")}
        </Button>
      )}
    </div>
  );
}
