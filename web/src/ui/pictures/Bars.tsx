import { t } from "../../i18n/polls.ts";
import { Icon } from "../Icon.tsx";

/** How one option came out: the length of its bar and the words beside it. */
export interface Bar {
  readonly id: number;
  readonly text: string;
  /** 0 to 1 of the full length. */
  readonly share: number;
  readonly leads: boolean;
  readonly value: string;
  /** Stands smaller beside the value. */
  readonly note?: string;
  /** Where an order has put it. */
  readonly place?: number;
  /** Whether it is a right answer; undefined where that is not the question, or not told yet. */
  readonly right?: boolean;
  /** The same of earlier rounds, oldest first. */
  readonly before?: readonly { readonly round: string; readonly share: number; readonly value: string }[];
}

interface Props {
  bars: readonly Bar[];
  /** The options that are this person's own answer. */
  own?: readonly number[];
  /** Named where there are earlier rounds. */
  round?: string;
}

/** More bars than this cannot be read from the last row: there they stand in two columns. */
const MANY = 6;

/** Results as a list whose numbers are text; the bars repeat them for the eye. */
export function Bars({ bars, own = [], round }: Props) {
  return (
    <ul
      class="bars"
      data-many={bars.length > MANY ? "" : undefined}
      style={{ "--rows": String(Math.ceil(bars.length / 2)) }}
    >
      {bars.map((bar) => (
        <li
          key={bar.id}
          class="bar"
          data-leads={bar.leads ? "" : undefined}
          data-right={bar.right === undefined ? undefined : String(bar.right)}
        >
          <div class="bar-head">
            {bar.place !== undefined && <span class="bar-place num">{bar.place}</span>}
            <BarText bar={bar} own={own.includes(bar.id)} />
            {!bar.before?.length && (
              <span class="num bar-value" translate={false}>
                <strong>{bar.value}</strong> {bar.note !== undefined && <span class="soft">{bar.note}</span>}
              </span>
            )}
          </div>
          {bar.before?.map((b) => (
            <Line key={b.round} name={b.round} share={b.share} value={b.value} />
          ))}
          {bar.before?.length ? (
            <Line name={round ?? ""} share={bar.share} value={bar.value} now />
          ) : (
            <Track share={bar.share} />
          )}
        </li>
      ))}
    </ul>
  );
}

function BarText({ bar, own }: { bar: Bar; own: boolean }) {
  return (
    <span class="bar-text" dir="auto">
      {bar.right && (
        <>
          <Icon name="check" />
          <span class="away">{t("quiz.right")}: </span>
        </>
      )}
      {bar.text}
      {bar.leads && bar.place === undefined && <span class="away"> ({t("poll.leading")})</span>}
      {own && (
        <span class="bar-own">
          <Icon name="check" />
          {t("poll.yours")}
        </span>
      )}
    </span>
  );
}

function Track({ share }: { share: number }) {
  return (
    <div class="bar-track" aria-hidden="true">
      <div class="bar-fill" style={{ "--p": String(share) }} />
    </div>
  );
}

/** One round's bar, where several stand below each other. */
function Line({ name, share, value, now = false }: { name: string; share: number; value: string; now?: boolean }) {
  return (
    <div class="bar-line" data-now={now ? "" : undefined}>
      <span class="soft">{name}</span>
      <Track share={share} />
      <span class="num">{value}</span>
    </div>
  );
}
