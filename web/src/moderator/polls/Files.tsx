import { useRef } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import { newID } from "../../live/newID.ts";
import type { Topic } from "../../live/topic.ts";
import { creates, FILE_BYTES, readPolls } from "../../model/pollfile.ts";
import { Button } from "../../ui/Button.tsx";
import { ButtonLink } from "../../ui/ButtonLink.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** Polls from a file of this or another session, and into one. */
export function Files({ topic, session }: { topic: Topic; session: string }) {
  const act = useDo(topic);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    const polls = file && file.size <= FILE_BYTES ? readPolls(await file.text()) : undefined;
    if (!polls) return toast(t("run.bad"));
    const now = Date.now();
    // Rising ids keep the questions of a survey in the order of the file.
    for (const cmd of creates(polls, (n) => newID(now + n))) act({ ...cmd, type: "poll.create" });
    toast(t("run.imported", { n: polls.length }));
  };
  return (
    <span class="row">
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(e) => {
          const { currentTarget } = e;
          void take(currentTarget.files?.[0]).then(() => {
            currentTarget.value = "";
          });
        }}
      />
      <Button small look="plain" onClick={() => input.current?.click()}>
        {t("run.import")}
      </Button>
      <ButtonLink
        small
        look="plain"
        href={`/api/v1/sessions/${encodeURIComponent(session)}/polls.json`}
        download={`${session}-polls.json`}
      >
        {t("run.export")}
      </ButtonLink>
    </span>
  );
}
