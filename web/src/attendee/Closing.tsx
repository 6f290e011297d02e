import { t } from "../i18n/index.ts";
import type { QA } from "../model/session.ts";
import { Countdown } from "../page/Countdown.tsx";
import { Icon } from "../ui/Icon.tsx";
import "../styles/later.css";

/** The asking ends soon. */
export function Closing({ at, to }: { at: number; to: QA }) {
  return (
    <p class="ask-closes">
      <Icon name="clock" />
      <Countdown until={at} words={(time) => t(to === "closed" ? "ask.closing" : "ask.closes", { time })} />
    </p>
  );
}
