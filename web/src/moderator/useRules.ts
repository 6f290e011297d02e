import type { Topic } from "../live/topic.ts";
import { usePending } from "../live/usePending.ts";
import { type Settings, settingsOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";

/** The session's settings, with those that were just turned. */
export function useRules(topic: Topic): Settings {
  return Object.assign({}, settingsOf(useSessionDoc(topic)), ...usePending(topic, "settings.set"));
}
