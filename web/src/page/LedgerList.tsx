import { formatNumber, t } from "../i18n/index.ts";
import { isWhy, type Ledger } from "../model/session.ts";

const counts = ["received", "waiting", "shown", "merged", "answered"] as const;

/** How many questions were treated how. */
export function LedgerList({ ledger }: { ledger: Ledger }) {
  const declined = Object.entries(ledger.declined ?? {});
  return (
    <dl class="ledger">
      {counts.map((name) => (
        <div key={name}>
          <dt>{t(`ledger.${name}`)}</dt>
          <dd class="num">{formatNumber(ledger[name] ?? 0)}</dd>
        </div>
      ))}
      {declined.map(([why, n]) => (
        <div key={why}>
          <dt>
            {t("ledger.declined")}: {t(`why.${isWhy(why) ? why : "other"}`)}
          </dt>
          <dd class="num">{formatNumber(n)}</dd>
        </div>
      ))}
    </dl>
  );
}
