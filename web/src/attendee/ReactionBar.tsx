import { useEffect, useState } from "preact/hooks";
import { extraWords, t } from "../i18n/extra.ts";
import { useHub } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type Feeling, feelings, PACE_STANDS, type Pace, paces } from "../model/pulse.ts";
import { Flow } from "../page/Flow.tsx";
import { FeelingIcon } from "../ui/Feeling.tsx";
import { Icon } from "../ui/Icon.tsx";
import { say } from "../ui/say.ts";
import "../styles/reactions.css";

export { extraWords };

/** Milliseconds after a press in which the same one would not count again. */
const RESTS = 1_000;

/** Feelings under the thumb, and behind a press what one thinks of the pace. */
export function ReactionBar({ topic }: { topic: Topic }) {
  const hub = useHub();
  const [rests, setRests] = useState<readonly Feeling[]>([]);
  const [open, setOpen] = useState(false);
  const react = (feeling: Feeling): void => {
    if (rests.includes(feeling)) return;
    hub.react(topic, feeling);
    setRests([...rests, feeling]);
    setTimeout(() => setRests((now) => now.filter((one) => one !== feeling)), RESTS);
  };
  return (
    <section class="reactions" aria-label={t("react.label")}>
      <Flow topic={topic} />
      {open && <PaceChoice topic={topic} />}
      <div class="reactions-row">
        {feelings.map((feeling) => (
          <button
            key={feeling}
            type="button"
            class="feeling"
            data-feeling={feeling}
            data-rests={rests.includes(feeling) ? "" : undefined}
            aria-label={t(`react.${feeling}`)}
            title={t(`react.${feeling}`)}
            onClick={() => react(feeling)}
          >
            <FeelingIcon name={feeling} />
          </button>
        ))}
        <button
          type="button"
          class="feeling"
          aria-expanded={open}
          aria-label={t("pace.label")}
          title={t("pace.label")}
          onClick={() => setOpen(!open)}
        >
          <Icon name="clock" />
        </button>
      </div>
    </section>
  );
}

/** One of three, which stands for a minute; another takes its place. */
function PaceChoice({ topic }: { topic: Topic }) {
  const hub = useHub();
  const [said, setSaid] = useState<Pace>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), PACE_STANDS);
    return () => clearTimeout(timer);
  }, [said]);
  const choose = (pace: Pace): void => {
    hub.react(topic, pace);
    setSaid(pace);
    say(t("pace.said"));
  };
  return (
    <div class="pace-choice">
      <p class="soft">{t(said ? "pace.said" : "pace.label")}</p>
      <div class="row">
        {paces.map((pace) => (
          <button key={pace} type="button" class="button" aria-pressed={said === pace} onClick={() => choose(pace)}>
            {t(`pace.${pace}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
