import { t } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { langsOf } from "../model/langs.ts";
import { type Listed, type Order, orders } from "../model/questions.ts";
import type { SessionDoc } from "../model/session.ts";
import "../styles/later.css";

interface Props extends OnlyProps {
  by: Order;
  onBy: (by: Order) => void;
}

/** In what order, and which of them. */
export function ListTools({ by, onBy, ...which }: Props) {
  return (
    <span class="row list-tools">
      <select
        class="input"
        aria-label={t("questions.order")}
        value={by}
        onChange={(e) => onBy(orders.find((one) => one === e.currentTarget.value) ?? "popular")}
      >
        {orders.map((one) => (
          <option key={one} value={one}>
            {t(`questions.${one}`)}
          </option>
        ))}
      </select>
      <Only {...which} />
    </span>
  );
}

interface OnlyProps {
  doc: SessionDoc;
  all: readonly Listed[];
  only: string;
  onOnly: (only: string) => void;
}

/** All, one's own, those of a label or of a language. */
function Only({ doc, all, only, onOnly }: OnlyProps) {
  return (
    <select class="input" aria-label={t("questions.show")} value={only} onChange={(e) => onOnly(e.currentTarget.value)}>
      <option value="all">{t("questions.all")}</option>
      <option value="mine">{t("questions.mine")}</option>
      {Object.entries(doc.label ?? {}).map(([n, { name }]) => (
        <option key={n} value={`label ${n}`}>
          {name}
        </option>
      ))}
      {langsOf(all).map((lang) => (
        <option key={lang} value={`lang ${lang}`}>
          {languageName(lang)}
        </option>
      ))}
    </select>
  );
}
