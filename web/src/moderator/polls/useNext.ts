import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/polldesk.ts";
import { useDo } from "../../live/hooks.ts";
import type { Topic } from "../../live/topic.ts";
import { stageOf } from "../../model/session.ts";
import type { RunSheet } from "../../model/sheet.ts";
import { useSessionDoc } from "../../page/useSession.ts";
import { doAndOffer } from "../undo.ts";
import { keysOn, typing } from "../useKeys.ts";

/**
 * One press to go on: what is open closes, the next prepared poll opens, and
 * takes the screen if a poll had it. N does the same; C closes what is open.
 */
export function useNext(topic: Topic, { polls, next }: RunSheet): () => void {
  const act = useDo(topic);
  const staged = stageOf(useSessionDoc(topic)).poll;
  const open = polls.filter(({ poll }) => poll.state === "open");
  const goOn = (): void => {
    if (!next) return;
    for (const { id } of open) act({ type: "poll.close", id });
    doAndOffer(topic, act, { type: "poll.open", id: next.id }, t("poll.did.open"));
    if (staged !== null) act({ type: "poll.stage", id: next.id, on: true });
  };
  const latest = useRef<(key: string) => boolean>(() => false);
  latest.current = (key) => {
    const last = open[0];
    if (key === "n" && next) goOn();
    else if (key === "c" && last) doAndOffer(topic, act, { type: "poll.close", id: last.id }, t("poll.did.close"));
    else return false;
    return true;
  };
  useEffect(() => {
    const listen = (e: KeyboardEvent): void => {
      if (!keysOn() || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
      if (latest.current(e.key.toLowerCase())) e.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return goOn;
}
