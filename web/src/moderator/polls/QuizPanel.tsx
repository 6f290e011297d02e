import { useState } from "preact/hooks";
import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import type { Leader } from "../../model/poll.ts";
import { stageOf } from "../../model/session.ts";
import { leaders } from "../../page/poll/leaders.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Board } from "../../ui/pictures/Board.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { doAndOffer, useChange } from "../undo.ts";

/** Teams, the hub's own limit. */
const MOST_TEAMS = 20;

/** What goes for all quiz questions: the leaderboard, its names and its teams. Not there before the first question. */
export function QuizPanel({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const change = useChange(topic);
  if (!Object.values(doc.poll ?? {}).some((p) => p.kind === "quiz")) return null;
  const { teams } = leaders(doc);
  const board = doc.leaderboard?.["_"];
  return (
    <details class="fold card">
      <summary>
        <Icon name="people" />
        {t("quiz.board")}
      </summary>
      <div class="stack">
        <Switch
          label={t("quiz.stage")}
          on={stageOf(doc).leaderboard === true}
          onTurn={(on) => change({ type: "stage.leaderboard", on })}
        />
        {board && <p class="soft">{t("quiz.people", { n: board.people })}</p>}
        <Names topic={topic} />
        {teams.length > 0 && <Board ranks={teams} />}
        <Teams topic={topic} />
      </div>
    </details>
  );
}

/** Nicknames as people gave them: one that must not be shown is taken from sight. */
function Names({ topic }: { topic: Topic }) {
  const { top = [], hidden = [] } = useSessionDoc(topic).leaderboard?.["_"] ?? {};
  return (
    <ul class="rows">
      {top.map((one) => (
        <Name key={one.n} topic={topic} leader={one} shown />
      ))}
      {hidden.map((one) => (
        <Name key={one.n} topic={topic} leader={one} shown={false} />
      ))}
    </ul>
  );
}

function Name({ topic, leader, shown }: { topic: Topic; leader: Leader; shown: boolean }) {
  const act = useDo(topic);
  const { rank, name, score, n } = leader;
  return (
    <li class="word-line" data-hidden={shown ? undefined : ""}>
      <span class="num">{formatNumber(rank)}</span>
      <bdi class="grow">{name}</bdi>
      <span class="soft num">{t("quiz.points", { n: score })}</span>
      <Button
        small
        look="plain"
        icon={shown ? "hide" : "eye"}
        label={t(shown ? "quiz.hide" : "quiz.unhide", { title: name })}
        onClick={() => doAndOffer(topic, act, { type: "player.hide", n, on: shown }, t("poll.did.set"))}
      />
      <Button
        small
        look="plain"
        icon="ban"
        label={t("do.block")}
        onClick={() => doAndOffer(topic, act, { type: "person.block", player: n, on: true }, t("did.block"))}
      />
    </li>
  );
}

function Teams({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const stored = (useSessionDoc(topic).teams?.["_"]?.names ?? []).join("\n");
  const [typed, setTyped] = useState<string>();
  const text = typed ?? stored;
  const names = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const save = (): void => {
    doAndOffer(topic, act, { type: "quiz.teams", names }, t("poll.did.set"));
    setTyped(undefined);
  };
  return (
    <Field label={t("quiz.teams.names")} hint={t("quiz.teams.hint", { n: MOST_TEAMS })}>
      {(described) => (
        <>
          <textarea
            {...described}
            class="input"
            dir="auto"
            value={text}
            onInput={(e) => setTyped(e.currentTarget.value)}
          />
          {names.join("\n") !== stored && (
            <Button small look="primary" disabled={names.length > MOST_TEAMS} onClick={save}>
              {t("save")}
            </Button>
          )}
        </>
      )}
    </Field>
  );
}
