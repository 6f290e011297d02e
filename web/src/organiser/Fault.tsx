import { files } from "../i18n/en/files.ts";
import { language } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import type { Warning } from "./report.ts";

/**
 * What is wrong with a file, in the reader's language by its kind. What the hub says of it stands
 * below, in English: it quotes the file. To English readers that alone says all.
 */
export function Fault({ fault: { kind, times, text } }: { fault: Warning }) {
  const key = `file.${kind}`;
  if (language() === "en" || !Object.hasOwn(files, key)) return <p dir="auto">{text}</p>;
  return (
    <div>
      <p>{t(key as "file.odd")}</p>
      <p class="soft">
        {times > 1 && `${t("up.times", { n: times })} · `}
        <bdi lang="en">{text}</bdi>
      </p>
    </div>
  );
}
