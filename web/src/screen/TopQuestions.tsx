import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { listed } from "../model/questions.ts";
import { canAsk, type Question, type SessionDoc, settingsOf, stageOf, type Translation } from "../model/session.ts";
import { hallWords } from "../model/translate.ts";
import { Icon } from "../ui/Icon.tsx";
import { useFit } from "./useFit.ts";

/** As many as can be read from the last row. */
const TOP = 5;

export function TopQuestions({ doc }: { doc: SessionDoc }) {
  const settings = settingsOf(doc);
  if (stageOf(doc).dark) return null;
  const all = listed(doc, ["live"], "popular");
  const top = all.slice(0, TOP);
  const list = useFit<HTMLOListElement>(top.map((q) => q.question.text).join("\n"));
  if (all.length === 0) {
    return (
      <p class="hall-quiet">
        <Icon name="question" />
        {!settings.live ? t("screen.waiting") : canAsk(settings) ? t("screen.nobody") : t("screen.closed")}
      </p>
    );
  }
  return (
    <section class="hall-top">
      <h2 class="big-kind">
        <Icon name="question" />
        {t("screen.top")}
      </h2>
      <ol ref={list}>
        {top.map(({ id, question, votes }) => (
          <li key={id}>
            <span class="hall-votes num">
              <Icon name="up" />
              {formatNumber(votes)}
            </span>
            <Words question={question} other={hallWords(doc, id, question)} both={settings.hall?.both === true} />
          </li>
        ))}
      </ol>
      {all.length > TOP && <p class="hall-more">{t("screen.more", { n: all.length - TOP })}</p>}
    </section>
  );
}

function Words({ question, other, both }: { question: Question; other: Translation | undefined; both: boolean }) {
  return (
    <div class="hall-words">
      {(!other || both) && (
        <p dir={question.dir ?? "auto"} lang={question.lang}>
          {question.gone ? t("question.gone") : question.text}
        </p>
      )}
      {other && (
        <p class={both ? "hall-other" : undefined} dir={other.dir} lang={other.lang}>
          {other.text}
        </p>
      )}
    </div>
  );
}
