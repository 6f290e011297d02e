import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { listed } from "../model/questions.ts";
import { canVote, settingsOf } from "../model/session.ts";
import { Likeness } from "../model/similar.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import "../styles/later.css";

/** As many as are read while typing; milliseconds of quiet before looking. */
const MOST = 3;
const QUIET = 350;

interface Props {
  topic: Topic;
  text: string;
  /** The person votes for one of them instead of asking. */
  onTaken: () => void;
}

/** Questions that seem to ask the same as what is being typed, to vote for instead. */
export function Suggestions({ topic, text, onTaken }: Props) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const typed = useQuiet(text);
  const likeness = useMemo(
    () => new Likeness(listed(doc, ["live"], "popular").map(({ id, question }) => [id, question.text] as const)),
    [doc.question],
  );
  const found = useMemo(() => likeness.find(typed, MOST), [likeness, typed]);
  if (found.length === 0 || !canVote(settingsOf(doc))) return null;
  const take = (id: string): void => {
    act({ type: "question.vote", id, on: true });
    onTaken();
  };
  return (
    <section class="similar" aria-live="polite">
      <p>{t("ask.similar")}</p>
      <ul class="rows">
        {found.map(({ id }) => (
          <li key={id}>
            <Button icon="up" onClick={() => take(id)}>
              <span dir="auto">{doc.question?.[id]?.text}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useQuiet(text: string): string {
  const [quiet, setQuiet] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(text), QUIET);
    return () => clearTimeout(timer);
  }, [text]);
  return quiet;
}
