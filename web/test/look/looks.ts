import type { BrowserContextOptions } from "@playwright/test";
import { languages } from "../../src/i18n/languages.ts";

export type Size = "phone" | "desk";
export type Light = "light" | "dark";

/** A reader: what they hold, and what they read. */
export interface Reader {
  readonly size: Size;
  readonly locale: string;
  /** Both lights for the usual pictures; the first alone for the others. */
  readonly lights: readonly [Light, ...Light[]];
  /** Sees the usual pictures only. */
  readonly brief?: true;
}

/** A left-to-right and a right-to-left language in each size and light. The first lights pair each two of the three. */
const thorough: readonly Reader[] = [
  { size: "phone", locale: "en", lights: ["light", "dark"] },
  { size: "phone", locale: "ar", lights: ["dark", "light"] },
  { size: "desk", locale: "en", lights: ["dark", "light"] },
  { size: "desk", locale: "ar", lights: ["light", "dark"] },
];

const others: readonly Reader[] = languages
  .filter(({ code }) => !thorough.some(({ locale }) => locale === code))
  .map(({ code }) => ({ size: "phone", locale: code, lights: ["light"], brief: true }));

export const readers: readonly Reader[] = [...thorough, ...others];

const sizes: Readonly<Record<Size, BrowserContextOptions>> = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1920, height: 1080 } },
};

export const optionsOf = ({ size, locale }: Pick<Reader, "size" | "locale">): BrowserContextOptions => ({
  ...sizes[size],
  locale,
});
