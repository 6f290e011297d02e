import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { remaining, settingsOf, type Why, whys } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { makeAll } from "./actions.ts";

const NOTE_LIMIT = 200;
const NOTE_BYTES = 800;

/** Why some questions are not shown: one press is enough. */
export function DismissDialog({ topic, ids, onClose }: { topic: Topic; ids: readonly string[]; onClose: () => void }) {
  const [note, setNote] = useState("");
  const { quiet } = settingsOf(useSessionDoc(topic));
  const act = useDo(topic);
  const words = note.trim();
  const left = remaining(words, NOTE_LIMIT, NOTE_BYTES);
  const dismiss = (why: Why): void => {
    makeAll(topic, act, "dismiss", ids, { why, ...(words === "" ? {} : { note: words }) });
    onClose();
  };
  return (
    <Dialog title={t("dismiss.title")} onClose={onClose}>
      <Field
        label={t("dismiss.note")}
        hint={t(quiet ? "dismiss.quiet" : "dismiss.told")}
        error={left < 0 ? t("ask.over", { n: -left }) : undefined}
      >
        {(described) => (
          <input {...described} class="input" dir="auto" value={note} onInput={(e) => setNote(e.currentTarget.value)} />
        )}
      </Field>
      <fieldset class="mod-whys">
        <legend>{t("dismiss.why")}</legend>
        {whys.map((why) => (
          <Button key={why} disabled={left < 0} onClick={() => dismiss(why)}>
            {t(`why.${why}`)}
          </Button>
        ))}
      </fieldset>
    </Dialog>
  );
}
