import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { DiffView } from "./DiffView.tsx";
import { Facts } from "./Facts.tsx";
import { Fault } from "./Fault.tsx";
import { type Report, touched, type Warning } from "./report.ts";

interface Props {
  report: Report;
  /** There is no programme yet. */
  first: boolean;
  busy: boolean;
  onApply: () => void;
  onBack: () => void;
}

/** What a file is and what it would change; the button that changes it. */
export function Preview({ report, first, busy, onApply, onBack }: Props) {
  const n = report.diff ? touched(report.diff) : 0;
  return (
    <div class="stack" aria-busy={busy}>
      <section class="card stack" aria-labelledby="file">
        <h2 id="file">
          <bdi>{report.file}</bdi>
        </h2>
        <Facts
          {...report}
          start={instant(report.first)}
          end={instant(report.last)}
          more={[[t("fact.format"), report.format]]}
        />
        {report.warnings.length > 0 && <Warnings warnings={report.warnings} />}
      </section>
      {report.diff && (
        <section class="card stack" aria-labelledby="diff">
          <h2 id="diff">{first ? t("up.first") : t("up.preview")}</h2>
          {n === 0 ? (
            <Banner tone="accent" icon="check">
              {t("up.nothing")}
            </Banner>
          ) : (
            <DiffView diff={report.diff} zone={report.zone} />
          )}
        </section>
      )}
      <div class="apply">
        {busy && <progress class="progress" aria-label={t("up.applying")} />}
        <div class="row">
          <Button look="primary" icon="check" busy={busy} onClick={onApply}>
            {busy ? t("up.applying") : n === 0 ? t("up.apply.same") : t("up.apply", { n })}
          </Button>
          <Button disabled={busy} onClick={onBack}>
            {t("up.other")}
          </Button>
        </div>
      </div>
    </div>
  );
}

const instant = (said: string): number => Date.parse(said) || 0;
const PAGE = 20;

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const [most, setMost] = useState(PAGE);
  return (
    <details class="warnings" open={warnings.length <= 5}>
      <summary>
        <Icon name="warn" />
        <strong>{t("up.warnings", { n: warnings.length })}</strong>
      </summary>
      <ul class="lines">
        {warnings.slice(0, most).map((w, i) => (
          // Two warnings may read the same, and the list never changes.
          <li key={i}>
            <span class="line-no num">{w.line > 0 ? t("up.line", { n: w.line }) : t("up.whole")}</span>
            <Fault fault={w} />
          </li>
        ))}
      </ul>
      {warnings.length > most && (
        <Button small onClick={() => setMost(most + 10 * PAGE)}>
          {t("more")}
        </Button>
      )}
    </details>
  );
}
