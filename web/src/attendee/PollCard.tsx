import { useState } from "preact/hooks";
import { t } from "../i18n/polls.ts";
import { useConnection, useDo, useOutbox } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { ownAnswer } from "../model/own.ts";
import { bars, fits, type ListedPoll } from "../model/polls.ts";
import { isOpen, type Poll, type Settings } from "../model/session.ts";
import { useSessionMine } from "../page/useSession.ts";
import { reasonWords } from "../page/words.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { Bars } from "../ui/Bars.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip, LiveChip } from "../ui/Chip.tsx";
import { DeliveryMark } from "../ui/DeliveryMark.tsx";
import { Icon } from "../ui/Icon.tsx";

interface Props extends ListedPoll {
  topic: Topic;
  settings: Settings;
}

/** One poll: the form while it is open and unanswered, then the answer and what may be seen of the result. */
export function PollCard({ topic, id, poll, tally, settings }: Props) {
  const mine = useSessionMine(topic);
  const { choice, delivery } = ownAnswer(mine, useOutbox(), id);
  const [changing, setChanging] = useState(false);
  const down = useConnection().line.phase !== "live";
  const open = isOpen(settings, poll);
  const answered = choice.length > 0;
  const form = open && (!answered || changing);
  return (
    <article class="card poll" data-open={open ? "" : undefined} aria-labelledby={`p-${id}`}>
      <div class="row spread">
        {open ? <LiveChip>{t("poll.open")}</LiveChip> : <Chip>{t("poll.closed")}</Chip>}
        <span class="soft num">{t("poll.people", { n: tally.people })}</span>
      </div>
      <h2 id={`p-${id}`} dir="auto">
        {poll.title}
      </h2>
      {form && <PollForm topic={topic} id={id} poll={poll} choice={choice} onSent={() => setChanging(false)} />}
      {!form && <Result poll={poll} tally={tally} choice={choice} />}
      {delivery && (
        <p class="row">
          <DeliveryMark {...delivery} down={down} level={delivery.level} />
        </p>
      )}
      {delivery?.reason && <ErrorText>{reasonWords(delivery.reason)}</ErrorText>}
      {open && answered && !changing && (
        <div class="row spread">
          <span class="soft">{t("poll.in")}</span>
          <Button small onClick={() => setChanging(true)}>
            {t("poll.change")}
          </Button>
        </div>
      )}
      {form && !answered && tally.counts && tally.people > 0 && (
        <details class="fold">
          <summary>{t("poll.peek")}</summary>
          <Result poll={poll} tally={tally} choice={choice} />
        </details>
      )}
    </article>
  );
}

function Result({ poll, tally, choice }: Pick<ListedPoll, "poll" | "tally"> & { choice: readonly number[] }) {
  const result = bars(poll, tally);
  if (result) return <Bars bars={result} own={choice} ownLabel={t("poll.yours")} leadsLabel={t("poll.leading")} />;
  const chosen = poll.options.filter((o) => choice.includes(o.id));
  return (
    <>
      {chosen.length > 0 && (
        <ul class="chosen" aria-label={t("poll.yours")}>
          {chosen.map((o) => (
            <li key={o.id}>
              <Icon name="check" />
              <span dir="auto">{o.text}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="row soft">
        <Icon name="hide" />
        {t("poll.hidden")}
      </p>
    </>
  );
}

interface FormProps {
  topic: Topic;
  id: string;
  poll: Poll;
  choice: readonly number[];
  onSent: () => void;
}

/** Native radios or checkboxes under big labels. Nothing is sent before the button: arrow keys move through radios. */
function PollForm({ topic, id, poll, choice, onSent }: FormProps) {
  const act = useDo(topic);
  const [ticked, setTicked] = useState<readonly number[]>(choice);
  const single = poll.kind === "single";
  const send = (next: readonly number[]): void => {
    act({ type: "poll.vote", id, choice: next });
    onSent();
  };
  const tick = (option: number, on: boolean): void => {
    if (single) return setTicked([option]);
    setTicked(on ? [...ticked, option].sort((a, b) => a - b) : ticked.filter((o) => o !== option));
  };
  const full = !single && ticked.length >= poll.max;
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        if (fits(poll, ticked)) send(ticked);
      }}
    >
      <fieldset class="options" aria-labelledby={`p-${id}`}>
        <p class="soft">{howMany(poll)}</p>
        {poll.options.map((option) => (
          <label key={option.id} class="option">
            <input
              type={single ? "radio" : "checkbox"}
              name={id}
              checked={ticked.includes(option.id)}
              disabled={full && !ticked.includes(option.id)}
              onChange={(e) => tick(option.id, e.currentTarget.checked)}
            />
            <span dir="auto">{option.text}</span>
          </label>
        ))}
      </fieldset>
      <div class="row">
        <Button look="primary" type="submit" icon="send" disabled={!fits(poll, ticked)}>
          {t("poll.submit")}
        </Button>
        {choice.length > 0 && <Button onClick={() => send([])}>{t("poll.withdraw")}</Button>}
        {choice.length > 0 && (
          <Button look="plain" onClick={onSent}>
            {t("cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

function howMany(poll: Poll): string {
  if (poll.kind === "single") return t("poll.one");
  if (poll.min === poll.max) return t("poll.exactly", { max: poll.max });
  if (poll.min <= 1) return t("poll.upto", { max: poll.max });
  return t("poll.many", { min: poll.min, max: poll.max });
}
