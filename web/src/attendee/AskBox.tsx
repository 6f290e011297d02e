import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useDo } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { canAsk, NAME_LIMIT, remaining, type Settings, TEXT_LIMIT } from "../model/session.ts";
import { useDraft } from "../page/useDraft.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { askLanguage, closing, suggestions } from "./later.ts";

/** From how many characters left the counter is worth an eye. */
const NEAR = 100;

const BACK = "majlis:text-back";

/** Puts a refused text back into the box, in front of what stands there. */
export function giveBack(session: string, text: string): void {
  dispatchEvent(new CustomEvent(BACK, { detail: { session, text } }));
}

export const leftWords = (left: number): string =>
  left < 0 ? t("ask.over", { n: -left }) : t("ask.left", { n: left });

/** The box to ask in. The text is kept until the hub has it for certain. */
export function AskBox({ topic, session, settings }: { topic: Topic; session: string; settings: Settings }) {
  const [text, setText] = useDraft(`question.${session}`);
  const [name, setName] = useDraft("name");
  const [lang, setLang] = useDraft("lang");
  const [error, setError] = useState<string>();
  // Once open it stays open: a box that shrinks when it loses the focus moves the very thing that is being pressed.
  const [open, setOpen] = useState(text !== "");
  const box = useRef<HTMLTextAreaElement>(null);
  const nameBox = useRef<HTMLInputElement>(null);
  const act = useDo(topic);
  const left = remaining(text);
  useTextBack(session, (back) => {
    setText(text.trim() === "" ? back : `${back}\n${text}`);
    box.current?.focus();
  });
  if (!canAsk(settings)) return <AskingOff settings={settings} />;
  const named = settings.names !== "off";
  const langs = settings.langs ?? [];
  const needed = settings.names === "required";
  const send = (): void => {
    const words = text.trim();
    if (words === "" || left < 0) {
      setError(words === "" ? t("ask.empty") : leftWords(left));
      return box.current?.focus();
    }
    const who = name.trim().slice(0, NAME_LIMIT);
    if (needed && who === "") {
      setError(t("ask.name.missing"));
      return nameBox.current?.focus();
    }
    const more = { ...(named && who && { name: who }), ...(langs.length > 0 && lang && { lang }) };
    act({ type: "question.ask", id: newID(), text: words, ...more });
    setText("");
    setError(undefined);
  };
  return (
    <form
      class="card ask"
      data-open={open ? "" : undefined}
      onFocusIn={() => {
        setOpen(true);
        suggestions.prefetch();
      }}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <Field label={t("ask.label")} error={error}>
        {(described) => (
          <textarea
            {...described}
            ref={box}
            class="input"
            dir="auto"
            rows={1}
            placeholder={t("ask.placeholder")}
            value={text}
            enterkeyhint="enter"
            onInput={(e) => {
              setText(e.currentTarget.value);
              setError(undefined);
            }}
            onKeyDown={(e) => {
              if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) send();
            }}
          />
        )}
      </Field>
      <div class="ask-more">
        {named && (
          <input
            class="input ask-name"
            dir="auto"
            ref={nameBox}
            aria-label={t(needed ? "ask.name.needed" : "ask.name")}
            placeholder={t(needed ? "ask.name.needed" : "ask.name")}
            required={needed}
            value={name}
            maxLength={NAME_LIMIT}
            autocomplete="name"
            onInput={(e) => setName(e.currentTarget.value)}
          />
        )}
        <span class="soft num ask-left" data-over={left < 0 ? "" : undefined} data-near={left <= NEAR ? "" : undefined}>
          {leftWords(left)}
        </span>
        <Button look="primary" type="submit" icon="send">
          {t("ask.send")}
        </Button>
      </div>
      {open && langs.length > 0 && <askLanguage.View langs={langs} chosen={lang} onChoose={setLang} />}
      {open && <suggestions.View topic={topic} text={text} onTaken={() => setText("")} />}
      <p class="soft ask-hint">{settings.moderation ? t("ask.moderated") : t("ask.open")}</p>
      {settings.closes && <closing.View {...settings.closes} />}
    </form>
  );
}

function AskingOff({ settings }: { settings: Settings }) {
  if (!settings.live) return null;
  return <Banner icon="question">{settings.qa === "votes" ? t("ask.off") : t("ask.closed")}</Banner>;
}

function useTextBack(session: string, take: (text: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const listen = (e: Event): void => {
      const detail: { session: string; text: string } = (e as CustomEvent).detail;
      if (detail.session === session) latest.current(detail.text.slice(0, TEXT_LIMIT * 4));
    };
    addEventListener(BACK, listen);
    return () => removeEventListener(BACK, listen);
  }, [session]);
}
