import { languageName } from "../i18n/names.ts";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import { LedgerList } from "../page/LedgerList.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Icon } from "../ui/Icon.tsx";

/** How the questions were treated, in all and by language. */
export function BalancePanel({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const ledger = doc.ledger?.["_"];
  if (!ledger) return null;
  const langs = Object.entries(doc.balance?.["_"]?.langs ?? {}).sort(([, a], [, b]) => b.received - a.received);
  return (
    <details class="fold card">
      <summary>
        <Icon name="poll" />
        {t("balance.title")}
      </summary>
      <div class="stack">
        <LedgerList ledger={ledger} />
        <ul class="rows">
          {langs.map(([lang, share]) => (
            <li key={lang} class="row spread">
              <strong>{lang === "" ? t("balance.none") : lang === "*" ? t("balance.rest") : languageName(lang)}</strong>
              <span class="soft num">
                {t("labels.balance", {
                  received: share.received,
                  shown: share.shown ?? 0,
                  answered: share.answered ?? 0,
                })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
