import { t } from "../i18n/staff.ts";
import { useHub } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { settingsOf } from "../model/session.ts";
import { Countdown } from "../page/Countdown.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { useChange } from "./undo.ts";

const MINUTE = 60_000;
const CHOICES = [1, 2, 5] as const;

/** "Questions close in two minutes": then votes alone go on. The hub does it by its own clock. */
export function ClosePanel({ topic }: { topic: Topic }) {
  const change = useChange(topic);
  const hub = useHub();
  const { qa, closes } = settingsOf(useSessionDoc(topic));
  if (qa !== "open" && !closes) return null;
  const within = (minutes: number): void => {
    change({ type: "settings.set", closes: { at: Math.round(hub.clock.now() + minutes * MINUTE), to: "votes" } });
  };
  return (
    <div class="field">
      <span class="legend">{t("close.title")}</span>
      {closes ? (
        <p class="row spread">
          <Countdown until={closes.at} words={(time) => t("close.left", { time })} />
          <Button small icon="close" onClick={() => change({ type: "settings.set", closes: { at: 0 } })}>
            {t("close.never")}
          </Button>
        </p>
      ) : (
        <p class="row">
          {CHOICES.map((n) => (
            <Button key={n} small icon="clock" onClick={() => within(n)}>
              {t("close.in", { n })}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
