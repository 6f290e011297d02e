import { useMemo } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { listed } from "../model/questions.ts";
import type { Question, SessionDoc } from "../model/session.ts";
import { Likeness } from "../model/similar.ts";
import { Button } from "../ui/Button.tsx";
import { doAndOffer } from "./undo.ts";

/** As many as a moderator reads before joining them. */
const MOST = 5;

interface Props {
  topic: Topic;
  id: string;
  question: Question;
  doc: SessionDoc;
}

/** Questions that seem to ask the same, to be made one. What waits is joined with what is live. */
export function Twins({ topic, id, question, doc }: Props) {
  const act = useDo(topic);
  const alike = useMemo(() => {
    const others = listed(doc, question.state === "live" ? ["live", "pending"] : ["live"], "popular");
    const texts = others.filter((one) => one.id !== id).map((one) => [one.id, one.question.text] as const);
    return new Likeness(texts).find(question.text, MOST);
  }, [doc.question, question.text, id]);
  if (alike.length === 0) return null;
  const first = alike[0]?.id ?? id;
  const [into, ids] = question.state === "live" ? [id, alike.map((one) => one.id)] : [first, [id]];
  const join = (): void => {
    doAndOffer(topic, act, { type: "question.merge", id: into, ids }, t("did.merge", { n: ids.length }));
  };
  return (
    <section class="stack twins">
      <h3>{t("card.alike", { n: alike.length })}</h3>
      <ul class="rows">
        {alike.map((one) => (
          <li key={one.id} dir="auto">
            {doc.question?.[one.id]?.text}
          </li>
        ))}
      </ul>
      <Button small icon="link" onClick={join}>
        {t("card.join")}
      </Button>
    </section>
  );
}
