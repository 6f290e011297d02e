/** Digits as people type them: Arabic-Indic, extended and full-width ones besides the common. */
const ZEROS = [0x0660, 0x06f0, 0xff10];
/** More digits than these are no number that the hub takes. */
const MOST = 16;

/**
 * The number that somebody typed, in units of 10^-decimals: "12,5" with one
 * decimal is 125. Point and comma are the decimal mark, spaces set groups apart.
 * Undefined: no such number, finer than the unit, or three digits behind a mark
 * where the unit has fewer: a thousand to one, a one to another.
 */
export function readDecimal(text: string, decimals: number): number | undefined {
  const found = /^([-−]?)(\d{1,15})(?:[.,٫](\d*))?$/.exec(common(text));
  if (!found) return undefined;
  const [, sign = "", whole = "", part = ""] = found;
  const rest = part.replace(/0+$/, "");
  if (rest.length > decimals || (part.length === 3 && decimals < 3) || whole.length + decimals > MOST) return undefined;
  const n = Number(whole + rest.padEnd(decimals, "0"));
  return Number.isSafeInteger(n) ? (sign === "" ? n : -n || 0) : undefined;
}

/** The digits of every script as the common ones, without spaces between. */
function common(text: string): string {
  return text
    .replace(/[\s\u00a0\u202f\u2066-\u2069\u200e\u200f]/g, "")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code));
    });
}

/** A number as it is typed into a field: 125 with one decimal is "12.5". */
export function writeDecimal(n: number, decimals: number): string {
  if (decimals === 0) return String(n);
  const digits = String(Math.abs(n)).padStart(decimals + 1, "0");
  const part = digits.slice(-decimals).replace(/0+$/, "");
  return `${n < 0 ? "-" : ""}${digits.slice(0, -decimals)}${part === "" ? "" : `.${part}`}`;
}
