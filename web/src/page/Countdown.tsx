import { formatLeft } from "../i18n/left.ts";
import { useNow } from "../live/hooks.ts";

/** What is left until a time, renewed every second; `words` says what ends then. */
export function Countdown({ until, words }: { until: number; words: (left: string) => string }) {
  const left = Math.max(0, until - useNow(1_000));
  return (
    <span class="num" role="timer">
      {words(formatLeft(left))}
    </span>
  );
}
