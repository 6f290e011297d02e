import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import type { Hold } from "../../model/poll.ts";
import type { ListedPoll } from "../../model/polls.ts";
import type { SessionDoc } from "../../model/session.ts";
import { textsOf } from "../../model/sight.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { doAndOffer } from "../undo.ts";

interface Line {
  readonly n: number;
  readonly text: string;
  readonly people: number;
  readonly state?: Hold | undefined;
}

/** Lines drawn at once; the rest comes when these are done. */
const MOST = 30;

/** What people wrote: what waits is shown or held back, what is shown can be taken from sight. */
export function WordsDesk({ topic, listed }: { topic: Topic; listed: ListedPoll }) {
  const doc = useSessionDoc(topic);
  const lines = linesOf(doc, listed);
  if (lines.length === 0) return null;
  const waiting = lines.filter((l) => l.state === "pending");
  const held = lines.filter((l) => l.state === "held");
  const shown = lines.filter((l) => l.state === undefined);
  return (
    <div class="stack words-desk">
      {waiting.length > 0 && (
        <section class="stack tight">
          <div class="row spread">
            <strong>{t("words.waiting", { n: waiting.length })}</strong>
            <Turn topic={topic} id={listed.id} lines={waiting} show many />
          </div>
          <Lines topic={topic} id={listed.id} lines={waiting} />
        </section>
      )}
      {shown.length > 0 && (
        <details class="fold">
          <summary>{t("words.shown", { n: shown.length })}</summary>
          <Lines topic={topic} id={listed.id} lines={shown} />
        </details>
      )}
      {held.length > 0 && (
        <details class="fold">
          <summary>{t("words.held", { n: held.length })}</summary>
          <Lines topic={topic} id={listed.id} lines={held} />
        </details>
      )}
    </div>
  );
}

function linesOf(doc: SessionDoc, { id, poll, tally }: ListedPoll): Line[] {
  if (poll.kind === "cloud") return (tally.words ?? []).filter((w) => !w.gone);
  if (poll.kind !== "text") return [];
  return textsOf(doc, id)
    .filter((text) => !text.gone)
    .map(({ n, text, people = 1, state }) => ({ n, text, people, state }));
}

function Lines({ topic, id, lines }: { topic: Topic; id: string; lines: readonly Line[] }) {
  return (
    <ul class="rows">
      {lines.slice(0, MOST).map((line) => (
        <li key={line.n} class="word-line">
          <span class="grow" dir="auto">
            {line.text}
          </span>
          {line.people > 1 && <span class="soft num">{t("poll.people", { n: line.people })}</span>}
          {line.state !== undefined && <Turn topic={topic} id={id} lines={[line]} show />}
          {line.state !== "held" && <Turn topic={topic} id={id} lines={[line]} show={false} />}
          <Block topic={topic} id={id} n={line.n} />
        </li>
      ))}
    </ul>
  );
}

/** Who wrote it is blocked: what they write from now on waits. Nobody learns who that is. */
function Block({ topic, id, n }: { topic: Topic; id: string; n: number }) {
  const act = useDo(topic);
  const block = (): void => doAndOffer(topic, act, { type: "person.block", poll: id, n, on: true }, t("did.block"));
  return <Button small look="plain" icon="ban" label={t("do.block")} onClick={block} />;
}

interface TurnProps {
  topic: Topic;
  id: string;
  lines: readonly Line[];
  show: boolean;
  many?: boolean;
}

function Turn({ topic, id, lines, show, many = false }: TurnProps) {
  const act = useDo(topic);
  const turn = (): void => {
    const cmd = { type: "poll.word", id, ns: lines.slice(0, MOST).map((l) => l.n), show };
    doAndOffer(topic, act, cmd, t(show ? "words.did.show" : "words.did.hold"));
  };
  if (many) {
    return (
      <Button small icon="check" onClick={turn}>
        {t("words.all")}
      </Button>
    );
  }
  const title = lines[0]?.text ?? "";
  return show ? (
    <Button small icon="check" label={t("words.show", { title })} onClick={turn} />
  ) : (
    <Button small look="plain" icon="hide" label={t("words.hold", { title })} onClick={turn} />
  );
}
