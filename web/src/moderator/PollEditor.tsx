import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import { newID } from "../live/newID.ts";
import type { Topic } from "../live/topic.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Segments } from "../ui/Segments.tsx";

/** The fold's own limits. */
const MOST_OPTIONS = 20;
const TITLE_LIMIT = 255;
const OPTION_LIMIT = 200;

/** Makes a poll: as a draft, or open at once. */
export function PollEditor({ topic, onDone }: { topic: Topic; onDone: () => void }) {
  const act = useDo(topic);
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<"single" | "multiple">("single");
  const [results, setResults] = useState<"shown" | "hidden">("hidden");
  const [options, setOptions] = useState<readonly string[]>(["", ""]);
  const [max, setMax] = useState(2);
  const [error, setError] = useState(false);
  const create = (open: boolean): void => {
    const texts = options.map((o) => o.trim()).filter(Boolean);
    if (title.trim() === "" || texts.length < 2) return setError(true);
    const id = newID();
    const most = kind === "multiple" ? { min: 1, max: Math.min(max, texts.length) } : {};
    act({ type: "poll.create", id, title: title.trim(), kind, options: texts, results, ...most });
    if (open) act({ type: "poll.open", id });
    onDone();
  };
  return (
    <form class="card stack" onSubmit={(e) => e.preventDefault()}>
      <Field label={t("polls.title")}>
        {(described) => (
          <input
            {...described}
            class="input"
            dir="auto"
            maxLength={TITLE_LIMIT}
            value={title}
            onInput={(e) => setTitle(e.currentTarget.value)}
          />
        )}
      </Field>
      <Options options={options} onChange={setOptions} />
      <div class="row">
        <Segments
          titled
          name="kind"
          label={t("polls.kind")}
          chosen={kind}
          onChoose={setKind}
          choices={[
            { name: "single", label: t("polls.single") },
            { name: "multiple", label: t("polls.multiple") },
          ]}
        />
        {kind === "multiple" && (
          <label class="field">
            <span>{t("polls.max")}</span>
            <input
              class="input small-number num"
              type="number"
              min={1}
              max={MOST_OPTIONS}
              value={max}
              onInput={(e) => setMax(Math.max(1, e.currentTarget.valueAsNumber || 1))}
            />
          </label>
        )}
      </div>
      <Segments
        titled
        name="results"
        label={t("polls.results")}
        chosen={results}
        onChoose={setResults}
        choices={[
          { name: "hidden", label: t("polls.hidden") },
          { name: "shown", label: t("polls.shown") },
        ]}
      />
      {error && <ErrorText>{t("polls.incomplete")}</ErrorText>}
      <div class="row">
        <Button look="primary" onClick={() => create(true)}>
          {t("polls.launch")}
        </Button>
        <Button onClick={() => create(false)}>{t("polls.create")}</Button>
        <Button look="plain" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function Options({ options, onChange }: { options: readonly string[]; onChange: (next: readonly string[]) => void }) {
  return (
    <ol class="stack edit-options">
      {options.map((option, i) => (
        <li class="row" key={i}>
          <input
            class="input grow"
            dir="auto"
            aria-label={t("polls.option", { n: i + 1 })}
            placeholder={t("polls.option", { n: i + 1 })}
            maxLength={OPTION_LIMIT}
            value={option}
            onInput={(e) => onChange(options.with(i, e.currentTarget.value))}
          />
          {options.length > 2 && (
            <Button
              look="plain"
              icon="close"
              label={t("polls.option.remove", { n: i + 1 })}
              onClick={() => onChange(options.toSpliced(i, 1))}
            />
          )}
        </li>
      ))}
      {options.length < MOST_OPTIONS && (
        <li>
          <Button small look="plain" icon="plus" onClick={() => onChange([...options, ""])}>
            {t("polls.option.add")}
          </Button>
        </li>
      )}
    </ol>
  );
}
