import { locale } from "./core.ts";
import { made } from "./made.ts";

/** What a language is called in the page's own; its subtag where the browser does not know it. */
export function languageName(code: string): string {
  const names = made(
    `languages ${locale()}`,
    () => new Intl.DisplayNames(locale(), { type: "language", fallback: "code", style: "short" }),
  );
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
