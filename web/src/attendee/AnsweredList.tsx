import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Icon } from "../ui/Icon.tsx";

/** More than anyone reads of what is over. */
const MOST = 100;

interface Props {
  ids: readonly string[];
  row: (id: string) => ComponentChildren;
}

/** What has been answered, folded away until somebody looks. */
export function AnsweredList({ ids, row }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <Icon name="check" />
        {t("questions.answered", { n: ids.length })}
      </summary>
      {open && (
        <ul class="rows">
          {ids.slice(0, MOST).map((id) => (
            <li key={id}>{row(id)}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
