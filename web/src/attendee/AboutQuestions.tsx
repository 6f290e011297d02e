import { t } from "../i18n/index.ts";
import type { Topic } from "../live/topic.ts";
import { LedgerList } from "../page/LedgerList.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Icon } from "../ui/Icon.tsx";
import "../styles/later.css";

/** The welcome and the rules of the house, and how the questions fare. */
export function AboutQuestions({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const intro = doc.intro?.["_"];
  const ledger = doc.ledger?.["_"];
  return (
    <>
      {intro && !intro.gone && (
        <section class="card intro" aria-labelledby="intro">
          <h2 id="intro">{t("intro.title")}</h2>
          <p dir="auto">{intro.text}</p>
        </section>
      )}
      {ledger && (
        <details class="fold">
          <summary>
            <Icon name="poll" />
            {t("ledger.title")}
          </summary>
          <LedgerList ledger={ledger} />
        </details>
      )}
    </>
  );
}
