import { locale } from "./core.ts";

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

/** Intl's makers cost far more than their use. */
function made<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const known = cache.get(key);
  if (known) return known as T;
  const fresh = make();
  cache.set(key, fresh);
  return fresh;
}

export function formatNumber(n: number): string {
  return made(`n ${locale()}`, () => new Intl.NumberFormat(locale())).format(n);
}

/** A share from 0 to 1 as whole percents. */
export function formatPercent(share: number): string {
  return made(`p ${locale()}`, () => new Intl.NumberFormat(locale(), { style: "percent" })).format(share);
}

/** The time of day in a zone (IANA name), or in the browser's own. */
export function formatTime(ms: number, zone?: string): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  return dates(`t ${zone}`, options, zone).format(ms);
}

export function formatDay(ms: number, zone?: string): string {
  return dates(`d ${zone}`, { weekday: "short", day: "numeric", month: "short" }, zone).format(ms);
}

export function formatDayTime(ms: number, zone?: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: "short", hour: "2-digit", minute: "2-digit" };
  return dates(`dt ${zone}`, options, zone).format(ms);
}

/** Start and end as one range, with the dash and the order of the language. */
export function formatSpan(start: number, end: number, zone?: string): string {
  return dates(`t ${zone}`, { hour: "2-digit", minute: "2-digit" }, zone).formatRange(start, end);
}

/** "3 min. ago", "in 2 hr."; beyond a day the weekday and the time. */
export function formatAgo(ms: number, now: number): string {
  const minutes = Math.round((ms - now) / 60_000);
  if (Math.abs(minutes) >= 24 * 60) return formatDayTime(ms);
  const words = made(`r ${locale()}`, () => new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" }));
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  return words.format(Math.round(minutes / 60), "hour");
}

/** A zone that Intl does not know must not break a page: the browser's own is used. */
function dates(key: string, options: Intl.DateTimeFormatOptions, zone: string | undefined): Intl.DateTimeFormat {
  const build = (timeZone?: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale(), timeZone === undefined ? options : { ...options, timeZone });
  return made(`${key} ${locale()}`, () => {
    try {
      return build(zone);
    } catch {
      return build();
    }
  });
}

/** What is left of a time: minutes and seconds, "1:05". */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const two = made(`2 ${locale()}`, () => new Intl.NumberFormat(locale(), { minimumIntegerDigits: 2 }));
  return `${formatNumber(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
}
