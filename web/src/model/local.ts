const MINUTE = 60_000;
const DAY = 24 * 60;

/** The wall clock in a zone as an input of type time wants it: "14:05". */
export function clockOf(ms: number, zone: string | undefined): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return format(options, zone).format(ms);
}

/** Milliseconds of another wall-clock time on the same day in a zone. A time that is not one leaves it as it is. */
export function atLocal(ms: number, time: string, zone: string | undefined): number {
  const wished = minutes(time);
  if (wished === undefined) return ms;
  const first = ms + (wished - (minutes(clockOf(ms, zone)) ?? 0)) * MINUTE;
  // Where the clocks change in between, the first guess is an hour off.
  const off = wished - (minutes(clockOf(first, zone)) ?? wished);
  return first + (((off + DAY * 1.5) % DAY) - DAY / 2) * MINUTE;
}

function minutes(time: string): number | undefined {
  const parts = /^(\d{1,2}):(\d{2})/.exec(time);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined;
}

function format(options: Intl.DateTimeFormatOptions, zone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", zone === undefined ? options : { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", options);
  }
}
