import { t } from "../../i18n/polls.ts";
import { left, limitOf } from "../../model/answers.ts";
import type { Poll } from "../../model/poll.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import type { FieldProps } from "./AnswerField.tsx";

/** From so many characters to the limit on, it is said how many are left. */
const NEAR = 40;

/** Open texts or words of a cloud: as many fields as may be filled, the next one offered when the last is. */
export function WordsField({ poll, answer, onAnswer }: FieldProps) {
  const texts = answer?.words ?? [""];
  const most = poll.max ?? 1;
  const set = (next: readonly string[]): void => onAnswer(next.some((w) => w !== "") ? { words: next } : undefined);
  return (
    <div class="stack words">
      {texts.map((text, i) => (
        <OneField key={i} poll={poll} n={i + 1} of={most} text={text} onText={(next) => set(texts.with(i, next))} />
      ))}
      {texts.length < most && texts.at(-1)?.trim() !== "" && (
        <div>
          <Button small look="plain" icon="plus" onClick={() => set([...texts, ""])}>
            {poll.kind === "text" ? t("text.more") : t("cloud.another")}
          </Button>
        </div>
      )}
      {poll.kind === "cloud" && poll.split && <p class="soft">{t("cloud.split")}</p>}
      {poll.moderated && <p class="soft">{t("text.moderated")}</p>}
    </div>
  );
}

interface OneProps {
  poll: Poll;
  n: number;
  of: number;
  text: string;
  onText: (text: string) => void;
}

function OneField({ poll, n, of, text, onText }: OneProps) {
  const rest = left(poll, text);
  const label =
    poll.kind === "cloud" ? t("cloud.word", { n, of }) : of === 1 ? t("text.label") : t("text.nth", { n, of });
  return (
    <Field
      label={label}
      hint={
        rest >= 0 && rest <= Math.min(NEAR, limitOf(poll) / 2) && text !== "" ? t("ask.left", { n: rest }) : undefined
      }
      error={rest < 0 ? t("ask.over", { n: -rest }) : undefined}
    >
      {(described) =>
        poll.kind === "text" ? (
          <textarea
            {...described}
            class="input"
            dir="auto"
            value={text}
            onInput={(e) => onText(e.currentTarget.value)}
          />
        ) : (
          <input {...described} class="input" dir="auto" value={text} onInput={(e) => onText(e.currentTarget.value)} />
        )
      }
    </Field>
  );
}
