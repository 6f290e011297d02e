import "../styles/join.css";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { getConferences } from "../live/api.ts";
import { useFetched } from "../live/useFetched.ts";
import { CODE_LENGTH, readCode } from "../model/schedule.ts";
import { follow } from "../page/route.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";
import { enterBy } from "./enterBy.ts";

/** The door: one field for a code. */
export function JoinPage({ given, why }: { given: string; why: string | undefined }) {
  const [code, setCode] = useState(given);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(why);
  const enter = async (wanted: string): Promise<void> => {
    if (wanted.length !== CODE_LENGTH) return setError(t("join.short"));
    setBusy(true);
    setError(undefined);
    const trouble = await enterBy(wanted, "push");
    setBusy(false);
    setError(trouble);
  };
  useEffect(() => {
    document.title = `${t("join.title")} – ${t("app.name")}`;
  }, []);
  const type = (input: HTMLInputElement): void => {
    const read = readCode(input.value);
    const complete = read.length === CODE_LENGTH && read !== code;
    setCode(read);
    setError(undefined);
    if (complete) void enter(read);
  };
  return (
    <main class="join">
      <div class="join-top">
        <LanguageSelect />
      </div>
      <form
        class="join-card"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void enter(code);
        }}
      >
        <div class="join-brand">
          <Logo />
          <span>{t("app.name")}</span>
        </div>
        <h1 tabIndex={-1}>{t("join.title")}</h1>
        <p class="join-lead">{t("join.lead")}</p>
        <Field label={t("join.code")} hint={t("join.hint")} error={error}>
          {(described) => (
            <input
              {...described}
              class="input code join-code"
              value={code}
              onInput={(e) => type(e.currentTarget)}
              autocomplete="off"
              autocapitalize="characters"
              autocorrect="off"
              spellcheck={false}
              enterkeyhint="go"
              inputmode="text"
              translate={false}
            />
          )}
        </Field>
        <Button look="primary" type="submit" busy={busy}>
          {busy ? t("join.looking") : t("join.go")}
        </Button>
        <OpenConferences />
      </form>
    </main>
  );
}

/** Programmes that are open to everybody here, for those without a code. */
function OpenConferences() {
  const found = useFetched("all", getConferences);
  if (found.state !== "here" || found.value.items.length === 0) return null;
  return (
    <nav class="join-open" aria-label={t("tab.programme")}>
      {found.value.items.slice(0, 5).map((conference) => (
        <a key={conference.id} href={`/c/${conference.id}`} onClick={follow}>
          <Icon name="calendar" />
          <span dir="auto">{conference.title}</span>
          <Icon name="next" />
        </a>
      ))}
    </nav>
  );
}
