import { t } from "../i18n/desk.ts";
import { languages } from "../i18n/index.ts";
import { formatLeft } from "../i18n/left.ts";
import { languageName } from "../i18n/names.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { Stand, Work } from "../model/translate.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Editor } from "./Editor.tsx";

const tones: Readonly<Record<Stand, Tone | undefined>> = {
  missing: "accent",
  old: "warn",
  waiting: "warn",
  machine: "warn",
  done: "ok",
};

interface Props {
  topic: Topic;
  work: Work;
  into: string;
  now: number;
  open: boolean;
  onOpen: (on: boolean) => void;
}

/** One question: what was written, what it is in the other language, and who is at it. */
export function Row({ topic, work, into, now, open, onOpen }: Props) {
  const { id, question, translation, stand, lock } = work;
  const me = useSessionMine(topic).me?.["_"]?.staff;
  const act = useDo(topic);
  const theirs = lock && lock.by !== me;
  const begin = (): void => {
    act({ type: "translation.lock", id, lang: into, on: true });
    onOpen(true);
  };
  return (
    <article class="card stack work" data-stand={stand}>
      <p class="question-text" dir={question.dir ?? "auto"} lang={question.lang}>
        {question.text}
      </p>
      <div class="row spread">
        <span class="row">
          <Chip {...(tones[stand] ? { tone: tones[stand] } : {})}>{t(`tr.${stand}`)}</Chip>
          <span class="soft num">{t("question.votes", { n: work.votes })}</span>
          {lock && !theirs && (
            <span class="soft num">{t("tr.mine", { time: formatLeft(Math.max(0, lock.until - now)) })}</span>
          )}
        </span>
        <Speaks topic={topic} id={id} lang={question.lang} />
      </div>
      {open && !theirs ? (
        <Editor topic={topic} work={work} into={into} onDone={() => onOpen(false)} />
      ) : (
        <>
          {translation && !translation.gone && (
            <p class="translated" dir={translation.dir} lang={into}>
              {translation.text}
            </p>
          )}
          <div class="row">
            {theirs ? (
              <Holder topic={topic} by={lock.by} />
            ) : (
              <>
                {stand === "waiting" && translation && translation.eye !== me && (
                  <Button
                    small
                    look="primary"
                    icon="checks"
                    onClick={() => act({ type: "translation.put", id, lang: into, text: translation.text })}
                  >
                    {t("tr.agree")}
                  </Button>
                )}
                <Button small look={stand === "missing" ? "primary" : undefined} icon="edit" onClick={begin}>
                  {t(translation ? "tr.edit" : "tr.begin")}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </article>
  );
}

function Holder({ topic, by }: { topic: Topic; by: number }) {
  const name = useSessionDoc(topic).staff?.[by]?.name ?? t("tr.someone", { n: by });
  return (
    <span class="soft" role="status">
      {t("tr.theirs", { name })}
    </span>
  );
}

/** What language the question is in; whoever reads it knows better than the hub. */
function Speaks({ topic, id, lang }: { topic: Topic; id: string; lang: string | undefined }) {
  const act = useDo(topic);
  const codes: string[] = languages.map((l) => l.code);
  const known = lang === undefined || codes.includes(lang) ? codes : [...codes, lang];
  return (
    <Choice
      bare
      label={t("tr.speaks")}
      chosen={lang ?? ""}
      options={[
        ...(lang === undefined ? [{ key: "", label: t("tr.unknown") }] : []),
        ...known.map((code) => ({ key: code, label: languageName(code) })),
      ]}
      onChoose={(code) => code && act({ type: "question.lang", id, lang: code })}
    />
  );
}
