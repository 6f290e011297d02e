/** The languages of the pages, each under its own name. A new one is a line here and a catalogue beside en.ts. */
export const languages = [
  { code: "en", name: "English", dir: "ltr" },
  { code: "ar", name: "العربية", dir: "rtl" },
] as const;

export type Language = (typeof languages)[number]["code"];

/** The first language of a list of wishes (as in navigator.languages) that there is, else English. */
export function choose(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const primary = wish.toLowerCase().split("-")[0];
    const found = languages.find((l) => l.code === primary);
    if (found) return found.code;
  }
  return "en";
}
