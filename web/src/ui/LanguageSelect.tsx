import { type Language, languages, speak, t, useLanguage } from "../i18n/index.ts";
import { Icon } from "./Icon.tsx";

/** Each language under its own name; no flags, which are countries. */
export function LanguageSelect() {
  const language = useLanguage();
  return (
    <span class="select">
      <Icon name="globe" />
      <select
        id="language"
        aria-label={t("language")}
        value={language}
        onChange={(e) => void change(e.currentTarget.value as Language)}
      >
        {languages.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The page is drawn anew, so the focus is handed to the new switch. */
async function change(language: Language): Promise<void> {
  await speak(language, true);
  requestAnimationFrame(() => document.getElementById("language")?.focus());
}
