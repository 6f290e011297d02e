import { useEffect } from "preact/hooks";
import { t } from "../i18n/desk.ts";
import { getSession } from "../live/api.ts";
import { useSelect, useTopic } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { useFetched } from "../live/useFetched.ts";
import { ConnectionPill } from "../page/ConnectionPill.tsx";
import { Ended } from "../page/Failure.tsx";
import { idOf } from "../page/route.ts";
import { useRefusals } from "../page/useRefusals.ts";
import { reasonWords } from "../page/words.ts";
import { Empty } from "../ui/Banner.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Desk } from "./Desk.tsx";

/** The translators' page of one session: /translate/<session>. */
export function App() {
  const id = idOf(location.pathname);
  const topic = useTopic(`session/${id}`, "translator");
  const detail = useFetched(id, getSession);
  const title = detail.state === "here" ? detail.value.title : id;
  useRefusals();
  useEffect(() => {
    document.title = `${t("tr.title")} – ${title}`;
  }, [title]);
  return (
    <>
      <header class="bar-top">
        <Logo />
        <div class="bar-title">
          <h1 dir="auto">{title}</h1>
          <p class="soft">{t("tr.title")}</p>
        </div>
        <div class="row bar-tools">
          <ConnectionPill />
          <LanguageSelect />
        </div>
      </header>
      <Ended />
      {topic && <Body topic={topic} />}
    </>
  );
}

function Body({ topic }: { topic: Topic }) {
  const error = useSelect(topic.state, (s) => s.error);
  const loaded = useSelect(topic.state, (s) => s.loaded);
  if (loaded) return <Desk topic={topic} />;
  if (!error) return null;
  const locked = error === "not-allowed" || error === "bad-pass";
  return (
    <main>
      <Empty icon="warn" title={locked ? t("tr.signin") : t("session.unknown")}>
        <p>{reasonWords(error)}</p>
      </Empty>
    </main>
  );
}
