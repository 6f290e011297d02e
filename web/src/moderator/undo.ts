import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type SessionDoc, type SessionMine, settingsOf } from "../model/session.ts";
import { newestStep, ownStep, waits } from "../model/steps.ts";
import { toast } from "../ui/Toasts.tsx";
import type { Act } from "./actions.ts";

/** Milliseconds in which a step that was just made must show up to be taken back. */
const WITHIN = 10_000;

/**
 * Does something, says so, and offers the way back: the hub takes the step back
 * itself, whatever it changed. The step is known by its place behind all that
 * were there before; on a slow line it may yet have to come. Where it may take two
 * moderators, the step tells whether anything was shown.
 */
export function doAndOffer(topic: Topic, act: Act, cmd: Parameters<Act>[0], words: string): void {
  const before = newestStep(docOf(topic));
  act(cmd);
  const offer = (said: string): void =>
    toast(said, { label: t("do.undo"), run: () => takeBack(topic, act, cmd, before) });
  if (!settingsOf(docOf(topic)).eyes) return offer(words);
  whenDone(topic, cmd, before, () => {
    const second = waits(docOf(topic), mineOf(topic), cmd.type, idsOf(cmd));
    offer(second ? t("wishes.title") : words);
  });
}

/** How one changes what has no words of its own. */
export function useChange(topic: Topic): (cmd: Parameters<Act>[0], words?: string) => void {
  const act = useDo(topic);
  return (cmd, words = t("did.set")) => doAndOffer(topic, act, cmd, words);
}

function takeBack(topic: Topic, act: Act, cmd: Parameters<Act>[0], before: number): void {
  const back = (step: string): void => void act({ type: "undo", step });
  whenDone(topic, cmd, before, back, () => toast(t("undo.late")));
}

/** Waits for the own step that a command made. */
function whenDone(
  topic: Topic,
  cmd: Parameters<Act>[0],
  before: number,
  then: (step: string) => void,
  late?: () => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): boolean => {
    const step = ownStep(docOf(topic), mineOf(topic), cmd.type, idsOf(cmd), before);
    if (step !== undefined) then(step);
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
    late?.();
  }, WITHIN);
}

const mineOf = (topic: Topic): SessionMine => topic.state.get().mine as SessionMine;
const docOf = (topic: Topic): SessionDoc => topic.state.get().doc as SessionDoc;

function idsOf(cmd: Parameters<Act>[0]): string[] {
  const several = cmd["ids"];
  if (Array.isArray(several)) return several.map(String);
  return typeof cmd["id"] === "string" ? [cmd["id"]] : [];
}
