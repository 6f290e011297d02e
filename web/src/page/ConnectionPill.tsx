import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useConnection } from "../live/hooks.ts";
import { Pill } from "../ui/Pill.tsx";
import { alarm, say } from "../ui/say.ts";

/** Milliseconds: a moment's drop is not shown; a longer one makes what is shown old. */
const SHOWN_AFTER = 2_000;
const STALE_AFTER = 5_000;

/** The pill of this page's line. Says aloud only what lasts. */
export function ConnectionPill() {
  const { line, asOf } = useConnection();
  const [down, setDown] = useState<"no" | "shown" | "stale">("no");
  const live = line.phase === "live";
  useEffect(() => {
    if (live) {
      setDown((before) => {
        if (before === "stale") say(t("line.live"));
        return "no";
      });
      return;
    }
    const shown = setTimeout(() => setDown("shown"), asOf === 0 ? 0 : SHOWN_AFTER);
    const stale = setTimeout(() => {
      setDown("stale");
      say(t("line.waiting"));
    }, STALE_AFTER);
    return () => {
      clearTimeout(shown);
      clearTimeout(stale);
    };
  }, [live]);
  useEffect(() => {
    if (line.phase === "ended") alarm(t("line.ended"));
  }, [line.phase]);
  const phase = !live && down === "no" && asOf > 0 && line.phase !== "ended" ? "live" : line.phase;
  const turn = useCountdown(line.phase === "waiting" && line.turn ? line.until : undefined);
  return <Pill phase={phase} asOf={asOf} stale={down === "stale"} turn={turn} />;
}

/** Whole seconds until a time, one at least; undefined while there is none. */
function useCountdown(until: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? undefined : Math.max(1, Math.ceil((until - now) / 1_000));
}
