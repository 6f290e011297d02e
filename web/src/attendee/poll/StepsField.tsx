import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import { stepsOf, stepValue } from "../../model/answers.ts";
import type { FieldProps } from "./AnswerField.tsx";

/** Steps side by side, from low to high: native radios, so arrow keys walk along. Stars fill up to the chosen one. */
export function StepsField({ id, poll, answer, onAnswer }: FieldProps) {
  const chosen = answer?.choice?.[0];
  const stars = poll.kind === "rating";
  const ends = poll.ends ?? (poll.kind === "nps" ? ([t("nps.low"), t("nps.high")] as const) : undefined);
  const all = stepsOf(poll);
  const full = (step: number): boolean => stars && chosen !== undefined && step <= chosen;
  return (
    <fieldset
      class="scale"
      aria-labelledby={`p-${id}`}
      data-kind={poll.kind}
      style={{ "--n": String(all.length), "--row": String(perRow(all.length)) }}
    >
      {ends && <Ends ends={ends} />}
      <div class="scale-steps">
        {all.map((step) => (
          <label key={step} data-full={full(step) ? "" : undefined}>
            <input
              type="radio"
              name={id}
              aria-label={labelOf(
                stepValue(poll, step),
                stars,
                step === 1 ? ends?.[0] : step === all.length ? ends?.[1] : undefined,
              )}
              checked={step === chosen}
              onChange={() => onAnswer({ choice: [step] })}
            />
            <span class="num" aria-hidden="true">
              {stars ? (full(step) ? "★" : "☆") : formatNumber(stepValue(poll, step))}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** On a phone: one row while fingers find their way, else two. */
const perRow = (steps: number): number => (steps <= 7 ? steps : Math.ceil(steps / 2));

function Ends({ ends: [low, high] }: { ends: readonly [string, string] }) {
  return (
    <p class="scale-ends soft" aria-hidden="true">
      <span dir="auto">{low}</span>
      <span dir="auto">{high}</span>
    </p>
  );
}

function labelOf(value: number, stars: boolean, end: string | undefined): string {
  const words = stars ? t("rating.stars", { n: value }) : formatNumber(value);
  return end === undefined ? words : `${words}, ${end}`;
}
