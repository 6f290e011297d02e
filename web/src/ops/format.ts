import { locale } from "../i18n/core.ts";
import { formatNumber } from "../i18n/index.ts";

/** A number as short as it can be read: two digits that matter below ten, then whole. */
export function short(n: number): string {
  if (n >= 100_000) return compact(n);
  if (n >= 10 || Number.isInteger(n)) return formatNumber(Math.round(n));
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: n < 1 ? 2 : 1 }).format(n);
}

function compact(n: number): string {
  return new Intl.NumberFormat(locale(), { notation: "compact", maximumSignificantDigits: 3 }).format(n);
}

/** A duration in milliseconds, in the unit that fits. */
export function duration(ms: number): string {
  if (ms < 1_000) return unit(ms, "millisecond", ms < 10 ? 1 : 0);
  return unit(ms / 1_000, "second", ms < 10_000 ? 1 : 0);
}

/** How long something has lasted: days and hours, hours and minutes, or minutes. */
export function lasted(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return unit(Math.floor(seconds), "second", 0);
  if (minutes < 60) return unit(minutes, "minute", 0);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${unit(hours, "hour", 0)} ${unit(minutes % 60, "minute", 0)}`;
  return `${unit(Math.floor(hours / 24), "day", 0)} ${unit(hours % 24, "hour", 0)}`;
}

const steps = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Bytes in powers of 1,000, as networks are measured. */
export function bytes(n: number): string {
  let step = 0;
  let value = n;
  while (value >= 1_000 && step < steps.length - 1) {
    value /= 1_000;
    step++;
  }
  return unit(value, steps[step] ?? "byte", step > 0 && value < 10 ? 1 : 0);
}

function unit(n: number, name: string, digits: number): string {
  const words = new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(n);
  return words.replace(/ /g, "\u00a0"); // a number and its unit stay on one line
}

/** The time of day with seconds: operators compare it with logs. */
export function clock(ms: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
}
