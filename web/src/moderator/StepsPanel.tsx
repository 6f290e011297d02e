import { formatAgo } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { Step } from "../model/session.ts";
import { listedSteps } from "../model/steps.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Subject } from "./Subject.tsx";
import { useWho } from "./staff.ts";

/** Steps drawn at once; the rest is history. */
const MOST = 50;

/** What all moderators did, each with a way back. */
export function StepsPanel({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const who = useWho(topic);
  const now = useNow(30_000);
  const steps = listedSteps(doc).slice(0, MOST);
  return (
    <details class="fold card">
      <summary>
        <Icon name="undo" />
        {t("steps.title")}
      </summary>
      {steps.length === 0 && <p class="soft">{t("steps.empty")}</p>}
      <ul class="rows steps">
        {steps.map(({ id, step }) => (
          <li key={id} class="step" data-undone={step.undone === undefined ? undefined : ""}>
            <span class="grow">
              <strong>{who(step.by)}</strong> {stepWords(step)}
              <span class="soft"> {formatAgo(step.at, now)}</span>
              <Subject doc={doc} id={step.id} />
            </span>
            {step.undone === undefined ? (
              <Button
                small
                look="plain"
                icon="undo"
                label={t("do.undo")}
                onClick={() => act({ type: "undo", step: id })}
              />
            ) : (
              <span class="soft">{t("steps.undone")}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Steps that say how many questions they changed. */
const counted = [
  "question.approve",
  "question.dismiss",
  "question.restore",
  "question.answer",
  "question.archive",
  "question.edit",
  "question.label",
  "question.merge",
  "board.clear",
] as const;

const plain = [
  "question.star",
  "question.pin",
  "question.reply",
  "question.enter",
  "undo",
  "label.set",
  "intro.set",
  "session.reset",
  "poll.create",
  "poll.edit",
  "poll.open",
  "poll.close",
  "poll.archive",
  "poll.time",
  "poll.round",
  "poll.solve",
  "poll.word",
  "poll.order",
  "question.lang",
  "translation.put",
  "note.send",
] as const;

/** What somebody did, in words. */
export function stepWords({ did, n = 1 }: Pick<Step, "did" | "n">): string {
  const many = counted.find((one) => one === did);
  if (many) return t(`step.${many}`, { n });
  const one = plain.find((name) => name === did);
  if (one) return t(`step.${one}`);
  switch (did) {
    case "settings.set":
      return t("step.settings");
    case "board.open":
    case "board.close":
      return t("step.board");
    case "poll.set":
    case "poll.reveal":
    case "poll.hide":
      return t("step.poll.set");
    case "quiz.teams":
    case "player.hide":
      return t("step.quiz");
    case "person.block":
      return t("step.block");
    default:
      return t("step.screen");
  }
}
