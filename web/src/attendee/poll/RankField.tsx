import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import { optionsOf, sum } from "../../model/answers.ts";
import type { Poll } from "../../model/poll.ts";
import { append, move, placeOf, put, type Ranks, tie, without } from "../../model/rank.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { say } from "../../ui/say.ts";
import type { FieldProps } from "./AnswerField.tsx";

/**
 * An order by tapping: each tap puts an option behind those that are ranked. A
 * ranked one is moved by its handle, by the arrow keys, or by the buttons that
 * open when it is tapped; it may be tied with the one above, or taken out again.
 */
export function RankField({ id, poll, answer, onAnswer }: FieldProps) {
  const ranks = answer?.ranks ?? [];
  const [chosen, choose] = useState<number>();
  const set = (next: Ranks, moved?: number): void => {
    onAnswer(next.length > 0 ? { ranks: next } : undefined);
    if (moved !== undefined && placeOf(next, moved) >= 0) say(placeWords(poll, next, moved));
  };
  const left = optionsOf(poll).filter((o) => placeOf(ranks, o.id) < 0);
  const most = poll.max ?? optionsOf(poll).length;
  const full = ranks.flat().length >= most;
  return (
    <fieldset class="rank" aria-labelledby={`p-${id}`}>
      <p class="soft">{most < optionsOf(poll).length ? t("ranking.upto", { max: most }) : t("ranking.lead")}</p>
      {ranks.length > 0 && <Ranked poll={poll} ranks={ranks} chosen={chosen} onChoose={choose} onRanks={set} />}
      {left.length > 0 && ranks.length > 0 && (
        <p class="soft">{t(poll.unranked === "apart" ? "ranking.rest.apart" : "ranking.rest.last")}</p>
      )}
      <ul class="rank-left">
        {left.map((o) => (
          <li key={o.id}>
            <button type="button" class="option" disabled={full} onClick={() => set(append(ranks, o.id), o.id)}>
              <Icon name="plus" />
              <span dir="auto">{o.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface RankedProps {
  poll: Poll;
  ranks: Ranks;
  chosen: number | undefined;
  onChoose: (option: number | undefined) => void;
  onRanks: (ranks: Ranks, moved?: number) => void;
}

function Ranked({ poll, ranks, chosen, onChoose, onRanks }: RankedProps) {
  const list = useRef<HTMLOListElement>(null);
  const keys = (e: KeyboardEvent, option: number): void => {
    const by = e.key === "ArrowUp" ? -1 : e.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    e.preventDefault();
    onRanks(move(ranks, option, by), option);
  };
  const drag = (e: PointerEvent, option: number): void => {
    if (!(e.currentTarget instanceof Element) || !e.currentTarget.hasPointerCapture(e.pointerId)) return;
    const place = placeAt(list.current, ranks, option, e.clientY);
    if (place !== placeOf(ranks, option) || (ranks[place]?.length ?? 0) > 1) onRanks(put(ranks, option, place));
  };
  return (
    <ol class="ranked" ref={list}>
      {ranks.flatMap((group, g) =>
        group.map((option, i) => (
          <li key={option} data-option={String(option)} data-tied={i > 0 ? "" : undefined}>
            <span class="rank-place num" aria-hidden="true">
              {formatNumber(placeNumber(ranks, g))}
            </span>
            <button
              type="button"
              class="rank-name"
              aria-expanded={chosen === option}
              onClick={() => onChoose(chosen === option ? undefined : option)}
              onKeyDown={(e) => keys(e, option)}
            >
              <span class="away">{placeWords(poll, ranks, option)}</span>
              <span aria-hidden="true" dir="auto">
                {textOf(poll, option)}
              </span>
            </button>
            <span
              class="rank-grip"
              aria-hidden="true"
              onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
              onPointerMove={(e) => drag(e, option)}
            >
              <Icon name="grip" />
            </span>
            {chosen === option && <Tools poll={poll} ranks={ranks} option={option} onRanks={onRanks} />}
          </li>
        )),
      )}
    </ol>
  );
}

interface ToolsProps {
  poll: Poll;
  ranks: Ranks;
  option: number;
  onRanks: RankedProps["onRanks"];
}

function Tools({ poll, ranks, option, onRanks }: ToolsProps) {
  const g = placeOf(ranks, option);
  const alone = ranks[g]?.length === 1;
  const title = textOf(poll, option);
  return (
    <div class="row rank-tools">
      <Button
        icon="up"
        label={t("ranking.up", { title })}
        disabled={g === 0 && alone}
        onClick={() => onRanks(move(ranks, option, -1), option)}
      />
      <Button
        icon="down"
        label={t("ranking.down", { title })}
        disabled={g === ranks.length - 1 && alone}
        onClick={() => onRanks(move(ranks, option, 1), option)}
      />
      <Button small disabled={g === 0} onClick={() => onRanks(tie(ranks, option), option)}>
        {t("ranking.tie")}
      </Button>
      <Button small icon="close" onClick={() => onRanks(without(ranks, option))}>
        {t("ranking.out")}
      </Button>
    </div>
  );
}

const textOf = (poll: Poll, option: number): string => optionsOf(poll).find((o) => o.id === option)?.text ?? "";

/** Two on the second place: the next has the fourth. */
const placeNumber = (ranks: Ranks, group: number): number => 1 + sum(ranks.slice(0, group).map((g) => g.length));

function placeWords(poll: Poll, ranks: Ranks, option: number): string {
  return t("ranking.said", {
    title: textOf(poll, option),
    place: placeNumber(ranks, placeOf(ranks, option)),
    of: ranks.flat().length,
  });
}

/** The place that a finger points to: behind every group whose middle it has passed. */
function placeAt(list: HTMLElement | null, ranks: Ranks, option: number, y: number): number {
  const middle = (one: number): number => {
    const box = list?.querySelector(`[data-option="${one}"]`)?.getBoundingClientRect();
    return box ? box.top + box.height / 2 : Infinity;
  };
  return without(ranks, option).filter((group) => Math.max(...group.map(middle)) < y).length;
}
