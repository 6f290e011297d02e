import { useRef } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import { ApiError, post } from "../../live/api.ts";
import { reasonWords } from "../../page/words.ts";
import { Button } from "../../ui/Button.tsx";
import { ButtonLink } from "../../ui/ButtonLink.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** What the hub made of a file: polls that are new, that stood there already, that it refused. */
interface Imported {
  readonly created: number;
  readonly again: number;
  readonly refused?: readonly { readonly poll: string; readonly reason: string }[];
}

/** Polls from a file of this or another session, and into one. */
export function Files({ session }: { session: string }) {
  const input = useRef<HTMLInputElement>(null);
  const path = `/sessions/${encodeURIComponent(session)}/polls`;
  const take = async (file: File): Promise<void> => {
    try {
      const body: unknown = JSON.parse(await file.text());
      for (const words of said(await post<Imported>(path, body))) toast(words);
    } catch (error) {
      toast(error instanceof ApiError && error.code !== "bad-request" ? reasonWords(error.code) : t("run.bad"));
    }
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
          const file = currentTarget.files?.[0];
          // The same file may be chosen again.
          if (file) void take(file).finally(() => (currentTarget.value = ""));
        }}
      />
      <Button small look="plain" onClick={() => input.current?.click()}>
        {t("run.import")}
      </Button>
      <ButtonLink small look="plain" href={`/api/v1${path}.json`} download={`${session}-polls.json`}>
        {t("run.export")}
      </ButtonLink>
    </span>
  );
}

/** How many came, and of the first that was refused its place in the file and why. */
function said({ created, refused = [] }: Imported): string[] {
  const first = refused[0];
  const bad = first && t("run.refused", { place: first.poll, reason: reasonWords(first.reason) });
  return [t("run.imported", { n: created }), ...(bad ? [bad] : [])];
}
