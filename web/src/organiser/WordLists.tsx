import { useState } from "preact/hooks";
import { languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { ConferenceDoc } from "../model/conference.ts";
import { fitsParts, MOST_WORDS, partsOf, wordsOf } from "../model/wordlist.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Field } from "../ui/Field.tsx";
import { toast } from "../ui/Toasts.tsx";

/** Words that hold a question for a moderator, by language. What is in the lists stands in no page. */
export function WordLists({ office, doc }: { office: Topic; doc: ConferenceDoc }) {
  const act = useDo(office);
  const [lang, setLang] = useState("en");
  const [text, setText] = useState("");
  const words = wordsOf(text);
  const fits = fitsParts(words);
  // What is no UTF-8 is read as these.
  const unread = text.includes("\uFFFD");
  const lists = listsOf(doc);
  const put = (code: string, all: readonly string[]): void => {
    const parts = partsOf(all);
    for (let part = 1; part <= Math.max(parts.length, lists.get(code)?.parts ?? 0); part++) {
      act({ type: "words.put", lang: code, part, words: parts[part - 1] ?? [] });
    }
  };
  return (
    <section class="card stack" aria-labelledby="words">
      <h2 id="words">{t("org.words")}</h2>
      <p class="soft">{t("words.lead")}</p>
      {lists.size === 0 ? (
        <p class="soft">{t("words.none")}</p>
      ) : (
        <ul class="rows">
          {[...lists].map(([code, { n }]) => (
            <li key={code} class="row spread">
              <strong>{languageName(code)}</strong>
              <span class="soft num">{t("words.n", { n })}</span>
              <Button
                small
                look="plain"
                icon="close"
                onClick={() => {
                  put(code, []);
                  toast(t("words.gone"));
                }}
              >
                {t("words.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={t("words.lang")}
        chosen={lang}
        options={languages.map(({ code }) => ({ key: code, label: languageName(code) }))}
        onChoose={setLang}
      />
      <Field label={t("words.list")} hint={words.length > 0 ? t("words.n", { n: words.length }) : undefined}>
        {(described) => (
          <textarea
            {...described}
            class="input"
            dir="auto"
            lang={lang}
            rows={4}
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
          />
        )}
      </Field>
      {unread && <ErrorText>{t("words.encoding")}</ErrorText>}
      {!fits && <ErrorText>{t("words.toomany", { n: MOST_WORDS })}</ErrorText>}
      <div class="row">
        <label class="button">
          {t("words.file")}
          <input
            class="away"
            type="file"
            accept=".txt,.csv,text/plain"
            onChange={(e) => void read(e.currentTarget).then(setText)}
          />
        </label>
        <Button
          look="primary"
          disabled={words.length === 0 || !fits || unread}
          onClick={() => {
            put(lang, words);
            setText("");
            toast(t("words.did"));
          }}
        >
          {t("words.put")}
        </Button>
      </div>
    </section>
  );
}

async function read(input: HTMLInputElement): Promise<string> {
  const text = (await input.files?.[0]?.text()) ?? "";
  input.value = "";
  return text;
}

/** How many words each language has, and in how many parts they came. */
function listsOf(doc: ConferenceDoc): Map<string, { n: number; parts: number }> {
  const lists = new Map<string, { n: number; parts: number }>();
  for (const [id, { lang, n }] of Object.entries(doc.words ?? {})) {
    const part = Number(id.split("-")[1] ?? 0);
    const before = lists.get(lang) ?? { n: 0, parts: 0 };
    lists.set(lang, { n: before.n + n, parts: Math.max(before.parts, part) });
  }
  return new Map([...lists].sort(([a], [b]) => (a < b ? -1 : 1)));
}
