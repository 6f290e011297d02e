import { t } from "../i18n/staff.ts";
import type { Question } from "../model/session.ts";
import { Icon } from "../ui/Icon.tsx";
import { useFit } from "./useFit.ts";

/** One question as large as it can be read from the last row. */
export function BigQuestion({ question, votes }: { question: Question; votes: number }) {
  const box = useFit(question.text);
  return (
    <article class="big">
      <p class="big-kind">
        <Icon name="mic" />
        {t("screen.now")}
      </p>
      <div class="big-box" ref={box}>
        <h2 class="big-text" dir="auto" lang={question.lang}>
          {question.gone ? t("question.gone") : question.text}
        </h2>
      </div>
      <p class="big-by">
        <bdi>{question.name ?? t("question.anonymous")}</bdi>
        <span class="num">{t("question.votes", { n: votes })}</span>
      </p>
    </article>
  );
}
