import { t } from "../../i18n/polldesk.ts";
import { visibilities } from "../../model/poll.ts";
import { MOST_SECS } from "../../model/pollform.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Field } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Check } from "../../ui/Switch.tsx";
import type { EditProps } from "./EditParts.tsx";

/** Who sees what and when, and how long: what most polls leave as it is. */
export function EditMore({ form, onChange }: EditProps) {
  return (
    <details class="fold">
      <summary>
        <Icon name="gear" />
        {t("edit.more")}
      </summary>
      <div class="stack">
        <Choice
          label={t("vis.title")}
          chosen={form.results}
          onChoose={(key) => onChange({ results: visibilities.find((one) => one === key) ?? "hidden" })}
          options={visibilities.map((key) => ({ key, label: t(`vis.${key}`) }))}
        />
        <Field label={t("edit.secs")} hint={t("edit.secs.hint")}>
          {(described) => (
            <input
              {...described}
              class="input small-number num"
              type="number"
              min={0}
              max={MOST_SECS}
              value={form.secs}
              onInput={(e) => onChange({ secs: Math.max(0, Math.min(MOST_SECS, e.currentTarget.valueAsNumber || 0)) })}
            />
          )}
        </Field>
        <Check on={form.screen} onTurn={(screen) => onChange({ screen })}>
          {t("edit.screen")}
        </Check>
        <Check on={form.fixed} onTurn={(fixed) => onChange({ fixed })}>
          {t("edit.fixed")}
        </Check>
      </div>
    </details>
  );
}
