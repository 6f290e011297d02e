import { extraWords, t } from "../i18n/extra.ts";
import { languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { OwnQuestion } from "../model/own.ts";
import { Choice, type Option } from "../ui/Choice.tsx";

export { extraWords };

/** What language my question is in, as far as the hub found; I know better. */
export function OwnLanguage({ topic, own }: { topic: Topic; own: OwnQuestion }) {
  const act = useDo(topic);
  return (
    <Choice
      label={t("ask.lang")}
      chosen={own.lang ?? ""}
      options={choices(own.lang === undefined, [own.lang])}
      onChoose={(lang) => lang && act({ type: "question.lang", id: own.id, lang })}
    />
  );
}

interface AskedProps {
  /** Those that the session is translated into. */
  langs: readonly string[];
  chosen: string;
  onChoose: (lang: string) => void;
}

/** What language I am asking in, where that matters; if I do not say, the hub finds it. */
export function AskLanguage({ langs, chosen, onChoose }: AskedProps) {
  return (
    <div class="ask-lang">
      <span class="soft" aria-hidden="true">
        {t("ask.lang")}
      </span>
      <Choice bare label={t("ask.lang")} chosen={chosen} options={choices(true, langs)} onChoose={onChoose} />
    </div>
  );
}

/** The languages of the pages, and others. */
function choices(auto: boolean, more: readonly (string | undefined)[]): Option[] {
  const codes = new Set<string>(languages.map((l) => l.code));
  for (const code of more) if (code) codes.add(code);
  return [
    ...(auto ? [{ key: "", label: t("ask.lang.auto") }] : []),
    ...[...codes].map((key) => ({ key, label: languageName(key) })),
  ];
}
