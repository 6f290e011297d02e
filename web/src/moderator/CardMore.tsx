import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { usePending } from "../live/usePending.ts";
import type { Question } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { make, moreFor } from "./actions.ts";
import { moveIcons } from "./Card.tsx";
import { DismissDialog } from "./DismissDialog.tsx";
import { ReplyDialog } from "./ReplyDialog.tsx";
import { Twins } from "./Twins.tsx";
import { doAndOffer, useChange } from "./undo.ts";

/** What is done less often, a press away. */
export function CardMore({ topic, id, question }: { topic: Topic; id: string; question: Question }) {
  const doc = useSessionDoc(topic);
  const act = useDo(topic);
  const change = useChange(topic);
  const [dialog, setDialog] = useState<"reply" | "dismiss">();
  const close = (): void => setDialog(undefined);
  const { state, blocked, labels = [] } = question;
  const onBoard = state === "live" || state === "answered";
  const block = (): void => {
    const words = t(blocked ? "did.unblock" : "did.block");
    doAndOffer(topic, act, { type: "person.block", id, on: !blocked }, words);
  };
  return (
    <div class="stack mod-more-body">
      <div class="mod-actions">
        {moreFor(question).map((move) => (
          <Button key={move} small icon={moveIcons[move]} onClick={() => make(topic, act, move, id)}>
            {t(`do.${move}`)}
          </Button>
        ))}
        {onBoard && (
          <Button small icon="edit" onClick={() => setDialog("reply")}>
            {t("do.reply")}
          </Button>
        )}
        {(onBoard || state === "pending") && (
          <Button small icon="close" onClick={() => setDialog("dismiss")}>
            {t("do.dismiss.why")}
          </Button>
        )}
        {!question.from && (
          <Button small icon={blocked ? "undo" : "hide"} onClick={block}>
            {t(blocked ? "do.unblock" : "do.block")}
          </Button>
        )}
      </div>
      <LabelBoxes
        topic={topic}
        id={id}
        labels={labels}
        onTurn={(label, on) => change({ type: "question.label", id, label, on })}
      />
      {(state === "live" || state === "pending") && <Twins topic={topic} id={id} question={question} doc={doc} />}
      {dialog === "reply" && <ReplyDialog topic={topic} id={id} question={question} onClose={close} />}
      {dialog === "dismiss" && <DismissDialog topic={topic} ids={[id]} onClose={close} />}
    </div>
  );
}

interface BoxesProps {
  topic: Topic;
  id: string;
  labels: readonly number[];
  onTurn: (n: number, on: boolean) => void;
}

/** The session's labels, those of a question ticked. */
function LabelBoxes(props: BoxesProps) {
  const asked = usePending(props.topic, "question.label").filter((cmd) => cmd["id"] === props.id);
  const doc = useSessionDoc(props.topic);
  const all = Object.entries(doc.label ?? {});
  if (all.length === 0) return null;
  const has = (n: number): boolean =>
    (asked.findLast((cmd) => cmd["label"] === n)?.["on"] ?? props.labels.includes(n)) === true;
  return (
    <fieldset class="mod-labels" aria-label={t("labels.title")}>
      {all.map(([n, { name }]) => (
        <label key={n}>
          <input
            type="checkbox"
            checked={has(Number(n))}
            onChange={(e) => props.onTurn(Number(n), e.currentTarget.checked)}
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
