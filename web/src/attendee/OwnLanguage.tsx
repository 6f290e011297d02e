import { extraWords, t } from "../i18n/extra.ts";
import { languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { OwnQuestion } from "../model/own.ts";
import { Choice } from "../ui/Choice.tsx";

export { extraWords };

/** What language my question is in, as far as the hub found; I know better. */
export function OwnLanguage({ topic, own }: { topic: Topic; own: OwnQuestion }) {
  const act = useDo(topic);
  const codes: string[] = languages.map((l) => l.code);
  const known = own.lang === undefined || codes.includes(own.lang) ? codes : [...codes, own.lang];
  return (
    <Choice
      label={t("ask.lang")}
      chosen={own.lang ?? ""}
      options={[
        ...(own.lang === undefined ? [{ key: "", label: t("ask.lang.auto") }] : []),
        ...known.map((code) => ({ key: code, label: languageName(code) })),
      ]}
      onChoose={(lang) => lang && act({ type: "question.lang", id: own.id, lang })}
    />
  );
}
