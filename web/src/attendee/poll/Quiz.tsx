import { useState } from "preact/hooks";
import { t } from "../../i18n/polls.ts";
import { useDo } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import { ownScore } from "../../model/results.ts";
import { NAME_LIMIT } from "../../model/session.ts";
import { leaders } from "../../page/poll/leaders.ts";
import { useSessionDoc, useSessionMine } from "../../page/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Field } from "../../ui/Field.tsx";
import { Board } from "../../ui/pictures/Board.tsx";
import { Headline } from "../../ui/pictures/Headline.tsx";

/** How many of the leaders a phone shows. */
const TOP = 5;

/** Where I stand in the quiz and who leads; before that, who I am in it. */
export function Quiz({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const mine = useSessionMine(topic);
  const quiz = Object.values(doc.poll ?? {}).some((p) => p.kind === "quiz");
  if (!quiz) return null;
  const board = doc.leaderboard?.["_"];
  const own = ownScore(doc, mine);
  const { ranks, teams } = leaders(doc, mine);
  return (
    <section class="card stack quiz" aria-labelledby="quiz">
      <h2 id="quiz">{t("quiz.board")}</h2>
      {board && (
        <>
          {own.answered > 0 && (
            <Headline
              value={t("quiz.points", { n: own.score })}
              words={t("quiz.solved", { right: own.right, of: board.of })}
            >
              {own.rank !== undefined && (
                <span class="soft">{t("quiz.place", { rank: own.rank, of: board.people })}</span>
              )}
            </Headline>
          )}
          {ranks.length > 0 && <Board ranks={ranks.slice(0, TOP)} />}
          {teams.length > 0 && (
            <>
              <h3>{t("quiz.teams")}</h3>
              <Board ranks={teams} />
            </>
          )}
        </>
      )}
      <Me topic={topic} />
    </section>
  );
}

/** A name for the leaderboard, and a team where there are any. */
function Me({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const player = useSessionMine(topic).player?.["_"] ?? {};
  const teams = useSessionDoc(topic).teams?.["_"]?.names ?? [];
  const [typed, setTyped] = useState<string>();
  const name = typed ?? player.name ?? "";
  const set = (next: { name?: string; team?: number }): void => {
    act({ type: "player.set", name: (next.name ?? name).trim(), team: next.team ?? player.team ?? 0 });
  };
  const changed = typed !== undefined && typed.trim() !== (player.name ?? "");
  return (
    <details class="fold">
      <summary>{player.name ? t("quiz.as", { name: player.name }) : t("quiz.play")}</summary>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          set({});
          setTyped(undefined);
        }}
      >
        <Field label={t("quiz.name")} hint={t("quiz.name.hint")}>
          {(described) => (
            <input
              {...described}
              class="input"
              dir="auto"
              maxLength={NAME_LIMIT}
              value={name}
              onInput={(e) => setTyped(e.currentTarget.value)}
            />
          )}
        </Field>
        {teams.length > 0 && (
          <Choice
            label={t("quiz.team")}
            chosen={String(player.team ?? 0)}
            onChoose={(team) => set({ team: Number(team) })}
            options={[
              { key: "0", label: t("quiz.team.none") },
              ...teams.map((team, i) => ({ key: String(i + 1), label: team })),
            ]}
          />
        )}
        {changed && (
          <div>
            <Button type="submit">{t("save")}</Button>
          </div>
        )}
      </form>
    </details>
  );
}
