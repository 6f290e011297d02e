import { useState } from "preact/hooks";
import { t } from "../../i18n/polls.ts";
import { optionsOf } from "../../model/answers.ts";
import { give, noPoints, type Points, rest } from "../../model/points.ts";
import { Button } from "../../ui/Button.tsx";
import type { FieldProps } from "./AnswerField.tsx";

/** Points of one press. */
const STEP = 5;

/** A hundred points to give away: steppers that never give more than there is. */
export function PointsField({ id, poll, answer, onAnswer }: FieldProps) {
  const options = optionsOf(poll);
  const points = answer?.points ?? noPoints(options.length);
  const left = rest(points);
  const set = (next: Points): void => onAnswer(next.some((n) => n > 0) ? { points: next } : undefined);
  return (
    <fieldset class="points" aria-labelledby={`p-${id}`}>
      <p class="points-rest" role="status" data-done={left === 0 ? "" : undefined}>
        {left === 0 ? t("points.done") : t("points.rest", { n: left })}
      </p>
      <ul class="rows">
        {options.map((o, i) => {
          const own = points[i] ?? 0;
          const title = o.text;
          return (
            <li key={o.id} class="points-row">
              <span class="points-text" dir="auto">
                {title}
              </span>
              <span class="stepper">
                <Button
                  icon="minus"
                  label={t("points.less", { title })}
                  disabled={own === 0}
                  onClick={() => set(give(points, i, own - STEP))}
                />
                <Amount label={t("points.of", { title })} own={own} onGive={(n) => set(give(points, i, n))} />
                <Button
                  icon="plus"
                  label={t("points.more", { title })}
                  disabled={left === 0}
                  onClick={() => set(give(points, i, own + STEP))}
                />
              </span>
              <span class="bar-track" aria-hidden="true">
                <span class="bar-fill" style={{ "--p": String(own / 100) }} />
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

interface AmountProps {
  label: string;
  own: number;
  onGive: (n: number) => void;
}

/** What is typed stays while others' answers draw the poll anew; given it is when the field is left. */
function Amount({ label, own, onGive }: AmountProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      class="input num"
      inputMode="numeric"
      dir="ltr"
      aria-label={label}
      value={typed ?? String(own)}
      onFocus={(e) => e.currentTarget.select()}
      onInput={(e) => setTyped(e.currentTarget.value)}
      onChange={(e) => {
        onGive(Number(e.currentTarget.value));
        setTyped(undefined);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
