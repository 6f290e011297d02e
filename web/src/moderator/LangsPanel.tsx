import { deskWords, t } from "../i18n/desk.ts";
import { languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import type { Topic } from "../live/topic.ts";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Switch } from "../ui/Switch.tsx";
import { useChange } from "./undo.ts";
import { useRules } from "./useRules.ts";

export { deskWords };

/** Which languages questions are put into, and how the screen shows that. */
export function LangsPanel({ topic, session }: { topic: Topic; session: string }) {
  const change = useChange(topic);
  const { langs = [], hall } = useRules(topic);
  const turn = (code: string, on: boolean): void => {
    const next = languages.map((l) => l.code).filter((one) => (one === code ? on : langs.includes(one)));
    change({ type: "settings.set", langs: next });
  };
  const show = (lang: string, both: boolean): void => {
    change({ type: "settings.set", hall: { lang, ...(lang && both ? { both: true } : {}) } });
  };
  return (
    <details class="fold card">
      <summary>
        <Icon name="globe" />
        {t("langs.title")}
      </summary>
      <div class="stack">
        <fieldset class="mod-labels" aria-label={t("langs.into")}>
          <span class="legend">{t("langs.into")}</span>
          {languages.map(({ code }) => (
            <label key={code}>
              <input
                type="checkbox"
                checked={langs.includes(code)}
                onChange={(e) => turn(code, e.currentTarget.checked)}
              />
              {languageName(code)}
            </label>
          ))}
        </fieldset>
        <Choice
          label={t("langs.hall")}
          chosen={hall?.lang ?? ""}
          options={[
            { key: "", label: t("langs.hall.none") },
            ...languages.map(({ code }) => ({ key: code as string, label: languageName(code) })),
          ]}
          onChoose={(lang) => show(lang, hall?.both ?? true)}
        />
        {hall?.lang && (
          <Switch label={t("langs.hall.both")} on={hall.both === true} onTurn={(on) => show(hall.lang, on)} />
        )}
        <ButtonLink icon="globe" href={`/translate/${session}`} beside>
          {t("langs.desk")}
        </ButtonLink>
      </div>
    </details>
  );
}
