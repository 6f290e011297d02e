import { t } from "../../i18n/polldesk.ts";
import { MOST_OPTIONS, OPTION_LIMIT } from "../../model/pollform.ts";
import { Button } from "../../ui/Button.tsx";
import { Check } from "../../ui/Switch.tsx";
import type { EditProps } from "./EditParts.tsx";

/** The options in their order; of a quiz it is ticked which are right. */
export function EditOptions({ form: { kind, options, right, secs, bonus }, onChange }: EditProps) {
  const quiz = kind === "quiz";
  const remove = (at: number): void =>
    onChange({
      options: options.toSpliced(at, 1),
      right: right.filter((i) => i !== at).map((i) => (i > at ? i - 1 : i)),
    });
  const tick = (at: number, on: boolean): void =>
    onChange({ right: on ? [...right, at] : right.filter((i) => i !== at) });
  return (
    <>
      <ol class="stack edit-options">
        {options.map((option, i) => (
          <li class="row" key={i}>
            {quiz && (
              <input
                type="checkbox"
                class="mod-choose"
                aria-label={t("edit.right", { n: i + 1 })}
                title={t("edit.right", { n: i + 1 })}
                checked={right.includes(i)}
                onChange={(e) => tick(i, e.currentTarget.checked)}
              />
            )}
            <input
              class="input grow"
              dir="auto"
              aria-label={t("polls.option", { n: i + 1 })}
              placeholder={t("polls.option", { n: i + 1 })}
              maxLength={OPTION_LIMIT}
              value={option}
              onInput={(e) => onChange({ options: options.with(i, e.currentTarget.value) })}
            />
            {options.length > 2 && (
              <Button
                look="plain"
                icon="close"
                label={t("polls.option.remove", { n: i + 1 })}
                onClick={() => remove(i)}
              />
            )}
          </li>
        ))}
        {options.length < MOST_OPTIONS && (
          <li>
            <Button small look="plain" icon="plus" onClick={() => onChange({ options: [...options, ""] })}>
              {t("polls.option.add")}
            </Button>
          </li>
        )}
      </ol>
      {quiz && <p class="soft">{t("edit.right.hint")}</p>}
      {quiz && secs > 0 && (
        <Check on={bonus} onTurn={(on) => onChange({ bonus: on })}>
          {t("edit.bonus")}
        </Check>
      )}
    </>
  );
}
