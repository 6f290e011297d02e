/**
 * The languages of the pages, each under its own name, in the order in which the United Nations
 * list them. `tag` is what the page says it is in; the script decides which Han glyphs are drawn.
 */
export const languages = [
  { code: "ar", tag: "ar", name: "العربية", dir: "rtl" },
  { code: "zh", tag: "zh-Hans", name: "中文", dir: "ltr" },
  { code: "en", tag: "en", name: "English", dir: "ltr" },
  { code: "fr", tag: "fr", name: "Français", dir: "ltr" },
  { code: "ru", tag: "ru", name: "Русский", dir: "ltr" },
  { code: "es", tag: "es", name: "Español", dir: "ltr" },
] as const;

export type Language = (typeof languages)[number]["code"];

/** The first language of a list of wishes (as in navigator.languages) that there is, else English. */
export function choose(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = languages.find((l) => l.code === primary(wish));
    if (found) return found.code;
  }
  return "en";
}

/** "fr" of "fr-CA". */
export const primary = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";
