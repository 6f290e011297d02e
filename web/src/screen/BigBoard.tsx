import { t } from "../i18n/polls.ts";
import type { SessionDoc } from "../model/session.ts";
import { leaders } from "../page/poll/leaders.ts";
import { Icon } from "../ui/Icon.tsx";
import { Board } from "../ui/pictures/Board.tsx";
import { useFit } from "./useFit.ts";

/** As many as can be read from the last row. */
const TOP = 10;

/** Who leads the quiz; teams beside, where there are any. */
export function BigBoard({ doc }: { doc: SessionDoc }) {
  const { ranks, teams } = leaders(doc);
  const board = doc.leaderboard?.["_"];
  const box = useFit(`${ranks.length} ${teams.length}`);
  return (
    <article class="big big-poll" data-kind="quiz">
      <p class="big-kind">
        <Icon name="poll" />
        {t("quiz.board")}
        {board && <span class="num">{t("quiz.people", { n: board.people })}</span>}
      </p>
      <div class="big-picture big-boards" ref={box}>
        {teams.length > 0 && <Board ranks={teams} />}
        {ranks.length > 0 && <Board ranks={ranks.slice(0, TOP)} />}
        {ranks.length === 0 && teams.length === 0 && <p>{t("quiz.soon")}</p>}
      </div>
    </article>
  );
}
