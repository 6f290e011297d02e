import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { useConnection, useHub } from "../live/hooks.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { reasonWords } from "./words.ts";

/** In place of a page: why there is nothing to show, and what to do. */
export function Failure({ title, reason, children }: { title: string; reason: string; children?: ComponentChildren }) {
  return (
    <Empty icon="warn" title={title}>
      <p>{reasonWords(reason)}</p>
      {children}
    </Empty>
  );
}

/** When the hub ended the line for good: why, and a way to try again. */
export function Ended() {
  const hub = useHub();
  const { line } = useConnection();
  if (line.phase !== "ended" || line.reason === "") return null;
  return (
    <Failure title={t("line.ended")} reason={line.reason}>
      <Button onClick={() => hub.again()}>{t("line.again")}</Button>
    </Failure>
  );
}
