import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useFetched } from "../live/useFetched.ts";
import { reasonWords } from "../page/words.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { PollPart } from "./PollPart.tsx";
import { askedPolls, figures, getResults, isUnused, type Results, topQuestions } from "./results.ts";
import "../styles/pictures.css";

export { pollWords } from "../i18n/polls.ts";

const TOP = 3;

/** A small picture of what a session brought. */
export function ResultCard({ id }: { id: string }) {
  const got = useFetched(id, getResults);
  switch (got.state) {
    case "loading":
      return <p class="result soft">{t("loading")}</p>;
    case "failed":
      return (
        <div class="result">
          {got.code === "not-found" ? t("res.unused") : <ErrorText>{reasonWords(got.code)}</ErrorText>}
        </div>
      );
    case "here":
      return isUnused(got.value) ? <p class="result soft">{t("res.unused")}</p> : <Picture results={got.value} />;
  }
}

function Picture({ results }: { results: Results }) {
  const f = figures(results);
  const top = topQuestions(results, TOP);
  return (
    <div class="result stack">
      <dl class="facts">
        <Figure name={t("res.people")} n={f.people} />
        <Figure name={t("res.questions")} n={f.questions} />
        <Figure name={t("res.votes")} n={f.votes} />
        <Figure name={t("res.polls")} n={f.polls} />
        <Figure name={t("res.answers")} n={f.answers} />
      </dl>
      <div class="result-parts">
        {top.length > 0 && (
          <section class="stack tight">
            <h2 class="heading">{t("screen.top")}</h2>
            <ol class="result-top">
              {top.map((q) => (
                <li key={q.id}>
                  <span class="num result-votes" title={t("question.votes", { n: q.votes })}>
                    {formatNumber(q.votes)}
                  </span>
                  <span dir="auto">{q.text}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
        {askedPolls(results).map((poll) => (
          <PollPart key={poll.id} poll={poll} />
        ))}
      </div>
    </div>
  );
}

function Figure({ name, n }: { name: string; n: number }) {
  return (
    <div class="fact" data-big="">
      <dt class="soft">{name}</dt>
      <dd class="num">{formatNumber(n)}</dd>
    </div>
  );
}
