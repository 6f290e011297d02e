import type { ComponentChildren } from "preact";
import { extraWords, t } from "../i18n/extra.ts";
import { languageName } from "../i18n/names.ts";
import { useSelect } from "../live/hooks.ts";
import type { Translation } from "../model/session.ts";
import { reading } from "../page/reading.ts";
import { Icon } from "../ui/Icon.tsx";
import "../styles/words.css";

export { extraWords };

interface Props {
  other: Translation;
  from: string | undefined;
  /** What was written. */
  children: ComponentChildren;
}

/** A question in the reader's language, and beside it what was written, if the reader wants to see that. */
export function InLanguage({ other, from, children }: Props) {
  const both = useSelect(reading.both, (on) => on);
  if (other.gone) return <>{children}</>;
  return (
    <div class="rendered">
      <p class="question-text" dir={other.dir} lang={other.lang} id={both ? undefined : `q-${other.q}`}>
        {other.text}
      </p>
      {both && <div class="rendered-from">{children}</div>}
      <p class="byline soft">
        <span class="row">
          <Icon name="globe" />
          {other.machine
            ? t("words.machine")
            : from
              ? t("words.from", { language: languageName(from) })
              : t("words.translated")}
        </span>
        <button type="button" class="link" onClick={() => reading.turn(!both)}>
          {t(both ? "words.alone" : "words.both")}
        </button>
      </p>
    </div>
  );
}
