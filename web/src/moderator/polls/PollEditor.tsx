import { useState } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import { newID } from "../../live/newID.ts";
import type { Topic } from "../../live/topic.ts";
import { type Kind, kinds } from "../../model/poll.ts";
import { blank, type FormFault, formOf, type PollForm, partsOf, TITLE_LIMIT, withKind } from "../../model/pollform.ts";
import type { ListedPoll } from "../../model/polls.ts";
import { ErrorText } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { doAndOffer } from "../undo.ts";
import { EditMore } from "./EditMore.tsx";
import { EditParts } from "./EditParts.tsx";
import { KindIcon } from "./KindIcon.tsx";

interface Props {
  topic: Topic;
  /** A draft that is changed, instead of a new poll. */
  edited?: ListedPoll;
  /** The survey that gets a question. */
  survey?: string;
  onDone: () => void;
}

/** Makes a poll or changes a draft: the kind first, then what that kind needs, the rest folded. */
export function PollEditor({ topic, edited, survey, onDone }: Props) {
  const act = useDo(topic);
  const [form, setForm] = useState<PollForm | undefined>(() => edited && formOf(edited.poll));
  const [fault, setFault] = useState<FormFault>();
  const inSurvey = survey ?? edited?.poll.in;
  if (!form) {
    return (
      <section class="card stack" aria-label={t("polls.new")}>
        <Kinds survey={inSurvey !== undefined} onChoose={(kind) => setForm(blank(kind))} />
        <div>
          <Button look="plain" onClick={onDone}>
            {t("cancel")}
          </Button>
        </div>
      </section>
    );
  }
  const save = (open: boolean): void => {
    const made = partsOf(form);
    if ("fault" in made) return setFault(made.fault);
    const id = edited?.id ?? newID();
    const place = survey === undefined ? {} : { in: survey };
    const cmd = { type: edited ? "poll.edit" : "poll.create", id, ...made.parts, ...place };
    if (open) {
      act(cmd);
      doAndOffer(topic, act, { type: "poll.open", id }, t("poll.did.open"));
    } else doAndOffer(topic, act, cmd, t(edited ? "poll.did.edit" : "poll.did.create"));
    onDone();
  };
  const change = (next: Partial<PollForm>): void => {
    setForm({ ...form, ...next });
    setFault(undefined);
  };
  const openable = inSurvey === undefined && form.kind !== "survey";
  return (
    <form
      class="card stack poll-editor"
      onSubmit={(e) => {
        e.preventDefault();
        save(false);
      }}
    >
      <Chosen kind={form.kind} survey={inSurvey !== undefined} onChoose={(kind) => setForm(withKind(form, kind))} />
      <Title form={form} fault={fault} onChange={change} />
      <EditParts form={form} onChange={change} />
      {inSurvey === undefined && <EditMore form={form} onChange={change} />}
      {fault && fault !== "title" && <ErrorText>{t(`edit.bad.${fault}`)}</ErrorText>}
      <div class="row">
        {openable && (
          <Button look="primary" onClick={() => save(true)}>
            {t("polls.launch")}
          </Button>
        )}
        <Button type="submit" look={openable ? undefined : "primary"}>
          {t(edited ? "save" : inSurvey === undefined ? "polls.create" : "survey.add")}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  form: PollForm;
  fault: FormFault | undefined;
  onChange: (next: Partial<PollForm>) => void;
}

function Title({ form, fault, onChange }: PartProps) {
  return (
    <Field
      label={t(form.kind === "survey" ? "polls.title.survey" : "polls.title")}
      error={fault === "title" ? t("edit.bad.title") : undefined}
    >
      {(described) => (
        <input
          {...described}
          class="input"
          dir="auto"
          maxLength={TITLE_LIMIT}
          value={form.title}
          onInput={(e) => onChange({ title: e.currentTarget.value })}
        />
      )}
    </Field>
  );
}

/** The kind that was chosen; another one keeps what was typed. */
function Chosen(props: { kind: Kind; survey: boolean; onChoose: (kind: Kind) => void }) {
  const [open, setOpen] = useState(false);
  if (open) {
    return (
      <Kinds
        {...props}
        onChoose={(kind) => {
          props.onChoose(kind);
          setOpen(false);
        }}
      />
    );
  }
  return (
    <div class="row spread">
      <strong class="row">
        <KindIcon kind={props.kind} />
        {t(`kind.${props.kind}`)}
      </strong>
      <Button small look="plain" onClick={() => setOpen(true)}>
        {t("kind.other")}
      </Button>
    </div>
  );
}

function Kinds({ kind, survey, onChoose }: { kind?: Kind; survey: boolean; onChoose: (kind: Kind) => void }) {
  return (
    <fieldset class="kinds">
      <legend class="legend">{t("kind.title")}</legend>
      {kinds
        .filter((one) => !survey || one !== "survey")
        .map((one) => (
          <button key={one} type="button" class="kind" aria-pressed={one === kind} onClick={() => onChoose(one)}>
            <KindIcon kind={one} />
            {t(`kind.${one}`)}
          </button>
        ))}
    </fieldset>
  );
}
