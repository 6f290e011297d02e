import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useNow, useOutbox } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type OwnQuestion, ownQuestions } from "../model/own.ts";
import { filtered, type Listed, listed, type Order, readFilter } from "../model/questions.ts";
import { canVote, settingsOf, stageOf } from "../model/session.ts";
import { useCalmOrder } from "../page/useCalmOrder.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { say } from "../ui/say.ts";
import { AskBox } from "./AskBox.tsx";
import { aboutQuestions, answeredList, listTools, ownList } from "./later.ts";
import { QuestionRow } from "./QuestionRow.tsx";

/** Rows at first and per press of "more": more than anyone reads, less than a phone minds. */
const PAGE = 50;

export function QuestionsTab({ topic, session }: { topic: Topic; session: string }) {
  const doc = useSessionDoc(topic);
  const mine = useSessionMine(topic);
  const pending = useOutbox().filter((p) => p.topic === topic.name);
  const settings = settingsOf(doc);
  const own = ownQuestions(mine, pending);
  const apart = own.filter((q) => !shownInList(q, doc.question));
  useEffect(() => ownList.prefetch(), []);
  const now = stageOf(doc).question;
  const answered = useMemo(() => ids(listed(doc, ["answered"], "newest"), now), [doc.question, now]);
  const highlighted = now ? doc.question?.[now] : undefined;
  return (
    <div class="stack questions">
      {(doc.intro?.["_"] ?? doc.ledger?.["_"]) && <aboutQuestions.View topic={topic} />}
      <AskBox topic={topic} session={session} settings={settings} />
      {now && highlighted && (
        <section class="answering" aria-labelledby="answering">
          <h2 id="answering">
            <Icon name="mic" />
            {t("question.now")}
          </h2>
          <QuestionRow
            topic={topic}
            id={now}
            own={find(own, now)}
            voting={canVote(settings) && highlighted.state === "live"}
          />
        </section>
      )}
      {apart.length > 0 && <ownList.View topic={topic} session={session} own={apart} />}
      <LiveList topic={topic} own={own} pinned={now} voting={canVote(settings)} />
      {answered.length > 0 && (
        <answeredList.View
          ids={answered}
          row={(id) => <QuestionRow topic={topic} id={id} own={find(own, id)} voting={false} />}
        />
      )}
    </div>
  );
}

/** My question stands among everybody's; only its state and buttons are added there. */
function shownInList(q: OwnQuestion, all: Readonly<Record<string, unknown>> | undefined): boolean {
  return (q.state === "live" || q.state === "answered") && all?.[q.id] !== undefined;
}

interface ListProps {
  topic: Topic;
  own: readonly OwnQuestion[];
  pinned: string | null;
}

function LiveList({ topic, own, pinned, voting }: ListProps & { voting: boolean }) {
  const doc = useSessionDoc(topic);
  const [by, setBy] = useState<Order>("popular");
  const [only, setOnly] = useState("all");
  const [most, setMost] = useState(PAGE);
  const list = useRef<HTMLUListElement>(null);
  const mine = useSessionMine(topic);
  const now = useNow(30_000);
  const all = useMemo(() => listed(doc, ["live"], by, now), [doc.question, doc.votes, by, now]);
  const ideal = useMemo(() => ids(filtered(all, readFilter(only), mine), pinned), [all, only, mine.asked, pinned]);
  const { order, waiting, update } = useCalmOrder(ideal, `${by} ${only}`, list);
  if (all.length === 0 && !pinned) {
    return (
      <Empty icon="question" title={t("questions.empty")}>
        {voting && <p>{t("questions.empty.lead")}</p>}
      </Empty>
    );
  }
  const refresh = (): void => {
    update();
    // The pressed button goes away; the focus must not.
    list.current?.focus({ preventScroll: true });
    say(t("questions.updated"));
  };
  return (
    <section class="stack" aria-labelledby="all-questions">
      <div class="row spread list-head">
        <h2 id="all-questions">{t("questions.list")}</h2>
        <listTools.View doc={doc} all={all} by={by} onBy={setBy} only={only} onOnly={setOnly} />
      </div>
      <div class="update">
        {waiting > 0 && (
          <Button icon="sort" onClick={refresh}>
            {t("questions.update", { n: waiting })}
          </Button>
        )}
      </div>
      {order.length === 0 && only !== "all" && <p class="soft">{t("questions.none")}</p>}
      <ul class="rows" ref={list} tabIndex={-1}>
        {order.slice(0, most).map((id) => (
          <li key={id}>
            <QuestionRow topic={topic} id={id} own={find(own, id)} voting={voting} />
          </li>
        ))}
      </ul>
      {order.length > most && <Button onClick={() => setMost(most + PAGE)}>{t("more")}</Button>}
    </section>
  );
}

const ids = (all: readonly Listed[], but: string | null): string[] => all.map((q) => q.id).filter((id) => id !== but);

/** The same object as long as nothing about it changed matters to the row only by its fields. */
const find = (own: readonly OwnQuestion[], id: string): OwnQuestion | undefined => own.find((q) => q.id === id);
