import { useSelect, useTopic } from "../live/hooks.ts";
import { atOnce, Store } from "../live/store.ts";
import type { Topic, TopicState } from "../live/topic.ts";
import type { ScheduleDoc } from "../model/schedule.ts";

type Role = Topic["role"];
const NONE = new Store<TopicState>({ doc: {}, mine: {}, loaded: false }, atOnce);

/** The programme of a conference, followed live; empty until it is there. */
export function useSchedule(
  conference: string | undefined,
  role: Role = "attendee",
): { topic: Topic | undefined; doc: ScheduleDoc; loaded: boolean; error: string | undefined } {
  const topic = useTopic(conference === undefined ? undefined : `schedule/${conference}`, role);
  const state = useSelect(topic?.state ?? NONE, (s) => s);
  return { topic, doc: state.doc as ScheduleDoc, loaded: state.loaded, error: state.error };
}
