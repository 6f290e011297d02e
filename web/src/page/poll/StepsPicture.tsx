import { formatDecimal, formatSigned } from "../../i18n/decimal.ts";
import { formatNumber, formatPercent } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import type { Poll, Tally } from "../../model/poll.ts";
import { groupOf, promotion, type Steps, steps } from "../../model/results.ts";
import { type Column, Columns } from "../../ui/pictures/Columns.tsx";
import { Headline } from "../../ui/pictures/Headline.tsx";
import { Stars } from "../../ui/pictures/Stars.tsx";

/** More columns than these have no room for the sign of percent. */
const MANY = 7;

const tones = { promoters: "high", passives: "middle", detractors: "low" } as const;

/** Stars, a scale or a recommendation: how many people took each step, and what is the sum of it. */
export function StepsPicture({ poll, tally, own }: { poll: Poll; tally: Tally; own?: number | undefined }) {
  const found = steps(poll, tally);
  if (!found) return null;
  const most = Math.max(...found.steps.map((s) => s.share)) || 1;
  const columns = found.steps.map(({ id, value, share, count }): Column => {
    const label = formatNumber(value);
    return {
      key: id,
      label: poll.kind === "rating" ? `${label} ★` : label,
      share: share / most,
      value: found.steps.length > MANY ? formatNumber(Math.round(share * 100)) : formatPercent(share),
      said: t("steps.said", { step: label, share: formatPercent(share), n: count }),
      own: id === own,
      ...(poll.kind === "nps" ? { tone: tones[groupOf(value)] } : {}),
    };
  });
  return (
    <div class="steps">
      {poll.kind === "nps" ? <Recommended found={found} /> : <Mean poll={poll} found={found} />}
      <Columns columns={columns} ends={poll.ends} />
      {found.steps.length > MANY && <p class="soft picture-note">{t("steps.percent")}</p>}
    </div>
  );
}

function Mean({ poll, found }: { poll: Poll; found: Steps }) {
  if (found.mean === undefined) return null;
  const top = found.steps.length;
  return (
    <Headline value={formatDecimal(found.mean, 1)} words={t("steps.mean", { top })}>
      {poll.kind === "rating" && <Stars share={found.mean / top} of={top} />}
    </Headline>
  );
}

function Recommended({ found }: { found: Steps }) {
  if (found.mean === undefined) return null;
  const { score, promoters, passives, detractors } = promotion(found);
  return (
    <>
      <Headline value={formatSigned(score)} words={t("nps.score")} />
      <ul class="legend-row">
        <Group tone="low" words={t("nps.detractors")} share={detractors} />
        <Group tone="middle" words={t("nps.passives")} share={passives} />
        <Group tone="high" words={t("nps.promoters")} share={promoters} />
      </ul>
    </>
  );
}

function Group({ tone, words, share }: { tone: string; words: string; share: number }) {
  return (
    <li data-tone={tone}>
      <span>{words}</span> <strong class="num">{formatPercent(share)}</strong>
    </li>
  );
}
