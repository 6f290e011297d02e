import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { QuestionState } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { type Move, makeAll } from "./actions.ts";
import { moveIcons } from "./Card.tsx";
import { DismissDialog } from "./DismissDialog.tsx";
import { doAndOffer } from "./undo.ts";

const moves: readonly { move: Move; from: readonly QuestionState[] }[] = [
  { move: "approve", from: ["pending"] },
  { move: "answered", from: ["live"] },
  { move: "restore", from: ["dismissed", "answered", "merged"] },
  { move: "star", from: ["live"] },
  { move: "archive", from: ["live", "answered", "dismissed"] },
];

interface Props {
  topic: Topic;
  chosen: ReadonlySet<string>;
  onDone: () => void;
}

/** One press for several questions: only what means something for one of them. */
export function BulkBar({ topic, chosen, onDone }: Props) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const [dismissing, setDismissing] = useState(false);
  const ids = [...chosen].filter((id) => doc.question?.[id]);
  if (ids.length === 0) return null;
  const of = (states: readonly QuestionState[]): string[] =>
    ids.filter((id) => states.includes(doc.question?.[id]?.state ?? "merged"));
  const run = (move: Move, some: readonly string[]): void => {
    makeAll(topic, act, move, some);
    onDone();
  };
  const label = (n: number): void => {
    doAndOffer(topic, act, { type: "question.label", ids, label: n, on: true }, t("did.many", { n: ids.length }));
    onDone();
  };
  return (
    <section class="bulk" aria-label={t("bulk.chosen", { n: ids.length })}>
      <strong class="num">{t("bulk.chosen", { n: ids.length })}</strong>
      {moves
        .map(({ move, from }) => ({ move, some: of(from) }))
        .filter(({ some }) => some.length > 0)
        .map(({ move, some }) => (
          <Button key={move} small icon={moveIcons[move]} onClick={() => run(move, some)}>
            {t(`do.${move}`)}
          </Button>
        ))}
      <Join topic={topic} ids={of(["live", "pending"])} onDone={onDone} />
      <Button small icon="close" onClick={() => setDismissing(true)}>
        {t("do.dismiss")}
      </Button>
      {doc.label && Object.keys(doc.label).length > 0 && (
        <select
          class="input"
          aria-label={t("bulk.label")}
          value=""
          onChange={(e) => e.currentTarget.value !== "" && label(Number(e.currentTarget.value))}
        >
          <option value="">{t("bulk.label")}</option>
          {Object.entries(doc.label).map(([n, { name }]) => (
            <option key={n} value={n}>
              {name}
            </option>
          ))}
        </select>
      )}
      <Button small look="plain" onClick={onDone}>
        {t("bulk.none")}
      </Button>
      {dismissing && (
        <DismissDialog
          topic={topic}
          ids={of(["pending", "live", "answered"])}
          onClose={() => {
            setDismissing(false);
            onDone();
          }}
        />
      )}
    </section>
  );
}

/** The one with the most votes takes in the others; what waits cannot take in anything. */
function Join({ topic, ids, onDone }: { topic: Topic; ids: readonly string[]; onDone: () => void }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const votes = (id: string): number => doc.votes?.[id]?.n ?? 0;
  const [into] = ids.filter((id) => doc.question?.[id]?.state === "live").sort((a, b) => votes(b) - votes(a));
  const others = ids.filter((id) => id !== into);
  if (into === undefined || others.length === 0) return null;
  const join = (): void => {
    const words = t("did.merge", { n: others.length });
    doAndOffer(topic, act, { type: "question.merge", id: into, ids: others }, words);
    onDone();
  };
  return (
    <Button small icon="link" onClick={join}>
      {t("bulk.merge")}
    </Button>
  );
}
