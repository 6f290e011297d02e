import { locale } from "./core.ts";
import { formatNumber } from "./format.ts";
import { made } from "./made.ts";

/** What is left of a time: minutes and seconds, "1:05". */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const two = made(`2 ${locale()}`, () => new Intl.NumberFormat(locale(), { minimumIntegerDigits: 2 }));
  return `${formatNumber(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
}
