import { isolated, locale, numbers } from "./core.ts";
import { made } from "./made.ts";

export function formatNumber(n: number): string {
  return numbers(locale()).format(n);
}

/** A share from 0 to 1 as whole percents. */
export function formatPercent(share: number): string {
  return made(`percent ${locale()}`, () => new Intl.NumberFormat(locale(), { style: "percent" })).format(share);
}

/** Names one after the other, with the language's comma and its word for "and". */
export function formatList(names: readonly string[]): string {
  return made(`list ${locale()}`, () => new Intl.ListFormat(locale())).format(names.map(isolated));
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const DAY: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

/** The time of day in a zone (IANA name), or in the browser's own. */
export function formatTime(ms: number, zone?: string): string {
  return dates(CLOCK, zone).format(ms);
}

export function formatDay(ms: number, zone?: string): string {
  return dates(DAY, zone).format(ms);
}

/** First and last day as one range; one day stands alone. */
export function formatDays(start: number, end: number, zone?: string): string {
  return dates(DAY, zone).formatRange(start, end);
}

export function formatDayTime(ms: number, zone?: string): string {
  return dates({ weekday: "short", ...CLOCK }, zone).format(ms);
}

/** A day and a time of day. */
export function formatMoment(ms: number, zone?: string): string {
  return dates({ ...DAY, ...CLOCK }, zone).format(ms);
}

/** Start and end as one range, with the dash and the order of the language. */
export function formatSpan(start: number, end: number, zone?: string): string {
  return dates(CLOCK, zone).formatRange(start, end);
}

/** The day, with start and end. */
export function formatDaySpan(start: number, end: number, zone?: string): string {
  return dates({ ...DAY, ...CLOCK }, zone).formatRange(start, end);
}

/** "3 min. ago", "in 2 hr."; beyond a day the weekday and the time. */
export function formatAgo(ms: number, now: number): string {
  const minutes = Math.round((ms - now) / 60_000);
  if (Math.abs(minutes) >= 24 * 60) return formatDayTime(ms);
  const options: Intl.RelativeTimeFormatOptions = { numeric: "auto", style: "short" };
  const words = made(`ago ${locale()}`, () => new Intl.RelativeTimeFormat(locale(), options));
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  return words.format(Math.round(minutes / 60), "hour");
}

/** A zone that Intl does not know must not break a page: the browser's own is used. */
function dates(options: Intl.DateTimeFormatOptions, zone: string | undefined): Intl.DateTimeFormat {
  const build = (timeZone?: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale(), timeZone === undefined ? options : { ...options, timeZone });
  return made(`${Object.keys(options)} ${zone} ${locale()}`, () => {
    try {
      return build(zone);
    } catch {
      return build();
    }
  });
}
