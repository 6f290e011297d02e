import { formatNumber, formatPercent } from "../i18n/index.ts";
import { t } from "../i18n/polls.ts";
import { bars, type ListedPoll } from "../model/polls.ts";
import { Icon } from "../ui/Icon.tsx";

/** A poll as the speaker reads it: how many answered, and what, if the hall may see that. */
export function Poll({ poll, tally }: ListedPoll) {
  const result = bars(poll, tally);
  return (
    <section class="podium-poll" aria-labelledby="poll">
      <h2 id="poll">
        <Icon name="poll" />
        <span dir="auto">{poll.title}</span>
      </h2>
      <p class="podium-by num">{t("poll.people", { n: tally.people })}</p>
      {result ? (
        <ul>
          {result.map(({ id, text, share, count, leads }) => (
            <li key={id} data-leads={leads ? "" : undefined}>
              <span dir="auto">{text}</span>
              <span class="num">
                {formatPercent(share)} <small>{formatNumber(count)}</small>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="podium-none">{t("poll.hidden")}</p>
      )}
    </section>
  );
}
