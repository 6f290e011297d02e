import { formatNumber, formatPercent } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { type Bar, bars, type ListedPoll } from "../model/polls.ts";
import { Icon } from "../ui/Icon.tsx";
import { useFit } from "./useFit.ts";

/** More bars than this cannot be read from the last row: then it is a list in two columns. */
const MOST_BARS = 6;

export function BigPoll({ poll, tally, live }: ListedPoll & { live: boolean }) {
  const result = bars(poll, tally);
  const open = live && poll.state === "open";
  const box = useFit(poll.title);
  const shown: readonly (Bar | { id: number; text: string })[] = result ?? poll.options;
  return (
    <article class="big big-poll" style={{ "--n": String(Math.min(MOST_BARS, shown.length)) }}>
      <p class="big-kind">
        <Icon name="poll" />
        {open ? t("screen.vote") : t("poll.results")}
        <span class="num">{t("poll.people", { n: tally.people })}</span>
      </p>
      <div class="big-title" ref={box}>
        <h2 dir="auto">{poll.title}</h2>
      </div>
      <ul class="big-bars" data-many={shown.length > MOST_BARS ? "" : undefined} data-hidden={result ? undefined : ""}>
        {shown.map((bar) => (
          <li key={bar.id} data-leads={"leads" in bar && bar.leads ? "" : undefined}>
            <span class="big-option" dir="auto">
              {bar.text}
            </span>
            {"share" in bar && (
              <>
                <span class="big-value num">
                  {formatPercent(bar.share)} <small>{formatNumber(bar.count)}</small>
                </span>
                <span class="big-track" aria-hidden="true">
                  <span class="bar-fill" style={{ "--p": String(bar.share) }} />
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
      {!result && (
        <p class="big-by">
          <Icon name="hide" />
          {t("poll.hidden")}
        </p>
      )}
    </article>
  );
}
