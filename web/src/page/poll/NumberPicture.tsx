import { formatRange } from "../../i18n/decimal.ts";
import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import type { Poll, Spread, Tally } from "../../model/poll.ts";
import { along } from "../../model/results.ts";
import { Columns, type Mark } from "../../ui/pictures/Columns.tsx";
import { Headline } from "../../ui/pictures/Headline.tsx";
import { Nothing } from "./Nothing.tsx";
import { unitText } from "./words.ts";

/** More bins than these are named at the edges only. */
const NAMED = 8;

/** Numbers that people gave: how they are spread, where half of them lie, and the truth once it is told. */
export function NumberPicture({ poll, tally, own }: { poll: Poll; tally: Tally; own?: number | undefined }) {
  const { number } = tally;
  if (!number) return tally.people === 0 ? <Nothing /> : null;
  const { from, width, bins, median, q1, q3 } = number;
  const most = Math.max(...bins) || 1;
  const start = (i: number): number => from + i * width;
  const single = width === 1 && bins.length <= NAMED;
  return (
    <div class="steps">
      <Headline value={unitText(poll, median)} words={t("number.median")} />
      <p class="soft">{t("number.half", { range: rangeText(poll, q1, q3) })}</p>
      {poll.truth !== undefined && <p class="truth">{t("number.truth", { truth: unitText(poll, poll.truth) })}</p>}
      <Columns
        numbers
        columns={bins.map((count, i) => ({
          key: i,
          label: single ? unitText(poll, start(i)) : "",
          share: count / most,
          value: count > 0 ? formatNumber(count) : "",
          said: t("number.said", {
            range: single ? unitText(poll, start(i)) : rangeText(poll, start(i), start(i + 1)),
            n: count,
          }),
          own: own !== undefined && own >= start(i) && own < start(i + 1),
        }))}
        ends={single ? undefined : [unitText(poll, from), unitText(poll, start(bins.length))]}
        marks={marks(poll, number, single)}
      />
    </div>
  );
}

/** A number stands in the middle of a bin that holds nothing else. */
function marks(poll: Poll, number: Spread, single: boolean): Mark[] {
  const half = single ? 0.5 / number.bins.length : 0;
  const at = (n: number): number => Math.min(1, along(number, n) + half);
  const median: Mark = { at: at(number.median), label: t("number.median"), look: "middle" };
  if (poll.truth === undefined) return [median];
  return [median, { at: at(poll.truth), label: t("quiz.right"), look: "right" }];
}

const rangeText = (poll: Poll, from: number, to: number): string =>
  formatRange(from / 10 ** (poll.decimals ?? 0), to / 10 ** (poll.decimals ?? 0), poll.decimals ?? 0);
