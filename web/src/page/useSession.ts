import { useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { SessionDoc, SessionMine } from "../model/session.ts";

/** What this role sees of a session. */
export function useSessionDoc(topic: Topic): SessionDoc {
  return useSelect(topic.state, (s) => s.doc) as SessionDoc;
}

/** This person's own part of it. */
export function useSessionMine(topic: Topic): SessionMine {
  return useSelect(topic.state, (s) => s.mine) as SessionMine;
}
