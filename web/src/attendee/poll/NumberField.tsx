import { useState } from "preact/hooks";
import { formatDecimal } from "../../i18n/decimal.ts";
import { t } from "../../i18n/polls.ts";
import { fits } from "../../model/answers.ts";
import { readDecimal, writeDecimal } from "../../model/decimal.ts";
import type { Poll } from "../../model/poll.ts";
import { unitText } from "../../page/poll/words.ts";
import { Field } from "../../ui/Field.tsx";
import type { FieldProps } from "./AnswerField.tsx";

/** One number, as it is typed in any of the pages' scripts. */
export function NumberField({ poll, answer, onAnswer }: FieldProps) {
  const decimals = poll.decimals ?? 0;
  const [typed, setTyped] = useState(answer?.number === undefined ? "" : writeDecimal(answer.number, decimals));
  const take = (text: string): void => {
    setTyped(text);
    const number = readDecimal(text, decimals);
    onAnswer(number === undefined ? undefined : { number });
  };
  const bad = typed.trim() !== "" && !fits(poll, answer);
  return (
    <Field label={t("number.label")} hint={bounds(poll)} error={bad ? errorOf(poll) : undefined}>
      {(described) => (
        <input
          {...described}
          class="input number-input num"
          inputMode={decimals > 0 ? "decimal" : poll.low !== undefined && poll.low >= 0 ? "numeric" : "text"}
          autocomplete="off"
          dir="ltr"
          value={typed}
          onInput={(e) => take(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function bounds(poll: Poll): string | undefined {
  const { low, high } = poll;
  if (low !== undefined && high !== undefined)
    return t("number.between", { low: unitText(poll, low), high: unitText(poll, high) });
  if (low !== undefined) return t("number.least", { low: unitText(poll, low) });
  return high === undefined ? undefined : t("number.most", { high: unitText(poll, high) });
}

/** A number with as many digits as are taken shows what is meant. */
function errorOf({ decimals = 0 }: Poll): string {
  return t("number.bad", { example: formatDecimal(decimals > 0 ? 12 + 0.5 : 12, decimals) });
}
