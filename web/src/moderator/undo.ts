import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { SessionDoc, SessionMine } from "../model/session.ts";
import { newestStep, ownStep } from "../model/steps.ts";
import { toast } from "../ui/Toasts.tsx";
import type { Act } from "./actions.ts";

/** Milliseconds in which a step that was just made must show up to be taken back. */
const WITHIN = 10_000;

/**
 * Does something, says so, and offers the way back: the hub takes the step back
 * itself, whatever it changed. The step is known by its place behind all that
 * were there before; on a slow line it may yet have to come.
 */
export function doAndOffer(topic: Topic, act: Act, cmd: Parameters<Act>[0], words: string): void {
  const before = newestStep(docOf(topic));
  act(cmd);
  toast(words, { label: t("do.undo"), run: () => takeBack(topic, act, cmd, before) });
}

function takeBack(topic: Topic, act: Act, cmd: Parameters<Act>[0], before: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): boolean => {
    const step = ownStep(docOf(topic), topic.state.get().mine as SessionMine, cmd.type, idsOf(cmd), before);
    if (step !== undefined) act({ type: "undo", step });
    return step !== undefined;
  };
  if (look()) return;
  const stop = topic.state.listen(() => {
    if (!look()) return;
    stop();
    clearTimeout(timer);
  });
  timer = setTimeout(() => {
    stop();
    toast(t("undo.late"));
  }, WITHIN);
}

const docOf = (topic: Topic): SessionDoc => topic.state.get().doc as SessionDoc;

function idsOf(cmd: Parameters<Act>[0]): string[] {
  const several = cmd["ids"];
  if (Array.isArray(several)) return several.map(String);
  return typeof cmd["id"] === "string" ? [cmd["id"]] : [];
}
