import { t } from "../../i18n/polldesk.ts";
import { hasOptions, OPTION_LIMIT, type PollForm, stepsFor, stops } from "../../model/pollform.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Field } from "../../ui/Field.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { Check } from "../../ui/Switch.tsx";
import { EditOptions } from "./EditOptions.tsx";

export interface EditProps {
  form: PollForm;
  onChange: (next: Partial<PollForm>) => void;
}

/** Digits behind the mark, and texts or words of one person; the hub's own limits. */
const DECIMALS = [0, 1, 2, 3, 4, 5, 6];
const TEXTS = [1, 2, 3, 4, 5];

/** What a poll of this kind cannot be without. */
export function EditParts(props: EditProps) {
  const { kind } = props.form;
  return (
    <>
      {hasOptions(kind) && <EditOptions {...props} />}
      {kind === "multiple" && <HowMany {...props} />}
      {kind === "ranking" && <Unranked {...props} />}
      {(kind === "rating" || kind === "scale") && <StepCount {...props} />}
      {(kind === "scale" || kind === "nps") && <Ends {...props} />}
      {kind === "number" && <Numbers {...props} />}
      {(kind === "text" || kind === "cloud") && <Words {...props} />}
    </>
  );
}

function HowMany({ form: { min, max, options }, onChange }: EditProps) {
  const all = options.map((_, i) => ({ key: String(i + 1), label: String(i + 1) }));
  return (
    <div class="edit-pair">
      <Choice label={t("edit.min")} options={all} chosen={String(min)} onChoose={(n) => onChange({ min: Number(n) })} />
      <Choice
        label={t("polls.max")}
        options={all}
        chosen={String(max)}
        onChoose={(n) => onChange({ max: Number(n) })}
      />
    </div>
  );
}

function Unranked({ form: { apart, max, options }, onChange }: EditProps) {
  const all = options.map((_, i) => ({ key: String(i + 1), label: String(i + 1) })).slice(1);
  return (
    <>
      <Segments
        titled
        name="unranked"
        label={t("edit.unranked")}
        chosen={apart ? "apart" : "last"}
        onChoose={(name) => onChange({ apart: name === "apart" })}
        choices={[
          { name: "last", label: t("edit.unranked.last") },
          { name: "apart", label: t("edit.unranked.apart") },
        ]}
      />
      <Choice
        label={t("edit.ranked")}
        options={[{ key: "1", label: t("edit.ranked.all") }, ...all]}
        chosen={String(max)}
        onChoose={(n) => onChange({ max: Number(n) })}
      />
    </>
  );
}

function StepCount({ form: { kind, steps }, onChange }: EditProps) {
  const { least, most } = stepsFor(kind) ?? { least: steps, most: steps };
  const all = Array.from({ length: most - least + 1 }, (_, i) => String(least + i));
  return (
    <Choice
      label={t("edit.steps")}
      options={all.map((n) => ({ key: n, label: n }))}
      chosen={String(steps)}
      onChoose={(n) => onChange({ steps: Number(n) })}
    />
  );
}

function Ends({ form: { ends }, onChange }: EditProps) {
  return (
    <div class="edit-pair">
      {([0, 1] as const).map((end) => (
        <Field key={end} label={t(end === 0 ? "edit.low" : "edit.high")}>
          {(described) => (
            <input
              {...described}
              class="input"
              dir="auto"
              maxLength={OPTION_LIMIT}
              value={ends[end]}
              onInput={(e) => {
                const { value } = e.currentTarget;
                onChange({ ends: end === 0 ? [value, ends[1]] : [ends[0], value] });
              }}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function Numbers({ form, onChange }: EditProps) {
  return (
    <div class="edit-pair">
      {(["low", "high", "truth"] as const).map((name) => (
        <Field key={name} label={t(`edit.number.${name}`)}>
          {(described) => (
            <input
              {...described}
              class="input num"
              dir="ltr"
              inputMode="text"
              value={form[name]}
              onInput={(e) => onChange({ [name]: e.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <Choice
        label={t("edit.decimals")}
        options={DECIMALS.map((n) => ({ key: String(n), label: String(n) }))}
        chosen={String(form.decimals)}
        onChoose={(n) => onChange({ decimals: Number(n) })}
      />
    </div>
  );
}

function Words({ form, onChange }: EditProps) {
  const cloud = form.kind === "cloud";
  return (
    <>
      <Choice
        label={t(cloud ? "edit.words" : "edit.texts")}
        options={TEXTS.map((n) => ({ key: String(n), label: String(n) }))}
        chosen={String(form.max)}
        onChoose={(n) => onChange({ max: Number(n) })}
      />
      <Check on={form.moderated} onTurn={(moderated) => onChange({ moderated })}>
        {t("edit.moderated")}
      </Check>
      {cloud && (
        <>
          <Check on={form.split} onTurn={(split) => onChange({ split })}>
            {t("edit.split")}
          </Check>
          <Choice
            label={t("edit.stop")}
            options={[
              { key: "", label: t("edit.stop.none") },
              ...stops.map((key) => ({ key, label: languageName(key) })),
            ]}
            chosen={form.stop}
            onChoose={(stop) => onChange({ stop })}
          />
        </>
      )}
    </>
  );
}

/** A language under its own name. */
const languageName = (code: string): string => new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
