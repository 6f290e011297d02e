import { t } from "../i18n/staff.ts";
import type { Question, Translation } from "../model/session.ts";
import { Icon } from "../ui/Icon.tsx";
import { machineMark } from "./aside.ts";
import { useFit } from "./useFit.ts";

interface Props {
  question: Question;
  votes: number;
  /** In the language that the session's screen shows. */
  other: Translation | undefined;
  /** Both stand side by side. */
  both: boolean;
}

/** One question as large as it can be read from the last row, in one language or in two. */
export function BigQuestion({ question, votes, other, both }: Props) {
  const own = question.gone ? t("question.gone") : question.text;
  const box = useFit(`${own}\n${other?.text ?? ""}`);
  return (
    <article class="big">
      <p class="big-kind">
        <Icon name="mic" />
        {t("screen.now")}
      </p>
      <div class="big-box" ref={box} data-both={other && both ? "" : undefined}>
        {(!other || both) && (
          <h2 class="big-text" dir={question.dir ?? "auto"} lang={question.lang}>
            {own}
          </h2>
        )}
        {other && (
          <h2 class={both ? "big-text big-other" : "big-text"} dir={other.dir} lang={other.lang}>
            {other.text}
          </h2>
        )}
      </div>
      <p class="big-by">
        <bdi>{question.name ?? t("question.anonymous")}</bdi>
        <span class="num">{t("question.votes", { n: votes })}</span>
        {other?.machine && <machineMark.View />}
      </p>
    </article>
  );
}
