/** One step of a scale, or one stretch of numbers. */
export interface Column {
  readonly key: number;
  /** Below it; empty where only the edges are named. */
  readonly label: string;
  /** 0 to 1 of the full height. */
  readonly share: number;
  /** Above it. */
  readonly value: string;
  /** All of it in words, for those who do not see it. */
  readonly said: string;
  readonly own?: boolean;
  readonly tone?: "low" | "middle" | "high";
}

/** A line across the columns, 0 to 1 of their width. */
export interface Mark {
  readonly at: number;
  readonly label: string;
  readonly look: "middle" | "right";
}

interface Props {
  columns: readonly Column[];
  /** What the first and the last stand for. */
  ends?: readonly [string, string] | undefined;
  marks?: readonly Mark[];
  /** Numbers grow to the right in every language; steps go with the writing. */
  numbers?: boolean;
}

/** A distribution as columns side by side. */
export function Columns({ columns, ends, marks = [], numbers = false }: Props) {
  return (
    <div class="columns" dir={numbers ? "ltr" : undefined} style={{ "--n": String(columns.length) }}>
      <ol class="columns-plot">
        {columns.map((c) => (
          <li key={c.key} data-own={c.own ? "" : undefined} data-tone={c.tone}>
            <span class="away">{c.said}</span>
            <span class="column-value num" aria-hidden="true" translate={false}>
              {c.value}
            </span>
            <span class="column-track" aria-hidden="true">
              <span class="column-fill" style={{ "--p": String(c.share) }} />
            </span>
            <span class="column-label num" aria-hidden="true" translate={false}>
              {c.label}
            </span>
          </li>
        ))}
      </ol>
      {marks.map((m) => (
        <span key={m.look} class="columns-mark" data-look={m.look} style={{ "--at": String(m.at) }} aria-hidden="true">
          <span class="num">{m.label}</span>
        </span>
      ))}
      {ends && (
        <p class="columns-ends">
          <span dir="auto">{ends[0]}</span>
          <span dir="auto">{ends[1]}</span>
        </p>
      )}
    </div>
  );
}
