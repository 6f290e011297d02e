import { formatNumber, formatPercent } from "../i18n/index.ts";
import { Icon } from "./Icon.tsx";

interface Bar {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  readonly share: number;
  readonly leads: boolean;
}

interface Props {
  bars: readonly Bar[];
  /** The options that are this person's own answer. */
  own?: readonly number[];
  ownLabel?: string;
  leadsLabel: string;
}

/** Results as a list whose numbers are text; the bar repeats them for the eye. */
export function Bars({ bars, own = [], ownLabel, leadsLabel }: Props) {
  return (
    <ul class="bars">
      {bars.map((bar) => (
        <li key={bar.id} class="bar" data-leads={bar.leads ? "" : undefined}>
          <div class="bar-head">
            <span class="bar-text" dir="auto">
              {bar.text}
              {bar.leads && <span class="away"> ({leadsLabel})</span>}
              {own.includes(bar.id) && (
                <span class="bar-own">
                  <Icon name="check" />
                  {ownLabel}
                </span>
              )}
            </span>
            <span class="num bar-value" translate={false}>
              <strong>{formatPercent(bar.share)}</strong> <span class="soft">{formatNumber(bar.count)}</span>
            </span>
          </div>
          <div class="bar-track" aria-hidden="true">
            <div class="bar-fill" style={{ "--p": String(bar.share) }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
