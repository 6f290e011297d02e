import { t } from "../../i18n/polls.ts";
import { optionsOf } from "../../model/answers.ts";
import type { Poll } from "../../model/poll.ts";
import { optionText } from "../../page/poll/words.ts";
import type { FieldProps } from "./AnswerField.tsx";

/** Native radios or checkboxes under big labels. */
export function ChoiceField({ id, poll, answer, onAnswer }: FieldProps) {
  const ticked = answer?.choice ?? [];
  const most = poll.max ?? 1;
  const one = most === 1;
  const tick = (option: number, on: boolean): void => {
    const next = one ? [option] : on ? [...ticked, option].sort((a, b) => a - b) : ticked.filter((o) => o !== option);
    onAnswer(next.length > 0 ? { choice: next } : undefined);
  };
  const full = !one && ticked.length >= most;
  return (
    <fieldset class="options" aria-labelledby={`p-${id}`} data-kind={poll.kind}>
      {poll.kind !== "yesno" && <p class="soft">{howMany(poll)}</p>}
      {optionsOf(poll).map((option) => (
        <label key={option.id} class="option">
          <input
            type={one ? "radio" : "checkbox"}
            name={id}
            checked={ticked.includes(option.id)}
            disabled={full && !ticked.includes(option.id)}
            onChange={(e) => tick(option.id, e.currentTarget.checked)}
          />
          <span dir="auto">{optionText(poll, option.id)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function howMany({ min = 1, max = 1 }: Poll): string {
  if (max === 1) return t("poll.one");
  if (min === max) return t("poll.exactly", { max });
  return min <= 1 ? t("poll.upto", { max }) : t("poll.many", { min, max });
}
