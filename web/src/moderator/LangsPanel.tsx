import { deskWords, t } from "../i18n/desk.ts";
import { languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { useDo, useOutbox } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { settingsOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Switch } from "../ui/Switch.tsx";

export { deskWords };

/** Which languages questions are put into, and how the screen shows that. */
export function LangsPanel({ topic, session }: { topic: Topic; session: string }) {
  const act = useDo(topic);
  const stored = settingsOf(useSessionDoc(topic));
  const langs = useWished(topic, "langs", stored.langs ?? []);
  const hall = useWished(topic, "hall", stored.hall);
  const turn = (code: string, on: boolean): void => {
    const next = languages.map((l) => l.code).filter((one) => (one === code ? on : langs.includes(one)));
    act({ type: "settings.set", langs: next });
  };
  const show = (lang: string, both: boolean): void => {
    act({ type: "settings.set", hall: { lang, ...(lang && both ? { both: true } : {}) } });
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

/** What was asked for last, until the document says it: a second press must build on the first. */
function useWished<V>(topic: Topic, name: string, stored: V): V {
  const asked = useOutbox().findLast(
    (item) =>
      item.topic === topic.name &&
      item.cmd.type === "settings.set" &&
      name in item.cmd &&
      (item.state === "sending" ||
        item.state === "sent" ||
        (item.state === "safe" && (item.offset ?? 0) > topic.offset)),
  );
  return asked ? (asked.cmd[name] as V) : stored;
}
