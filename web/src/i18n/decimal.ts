import { locale } from "./core.ts";
import { made } from "./made.ts";

/** A number with so many digits behind its mark, no more and no less. */
export function formatDecimal(n: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return made(`decimal ${digits} ${locale()}`, () => new Intl.NumberFormat(locale(), options)).format(n);
}

/** A whole number that says on which side of zero it is. */
export function formatSigned(n: number): string {
  const options = { signDisplay: "exceptZero", maximumFractionDigits: 0 } as const;
  return made(`signed ${locale()}`, () => new Intl.NumberFormat(locale(), options)).format(n);
}

/** From one number to another, as the language writes it. */
export function formatRange(from: number, to: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return made(`decimal ${digits} ${locale()}`, () => new Intl.NumberFormat(locale(), options)).formatRange(from, to);
}
