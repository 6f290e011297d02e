import type { SessionDetail } from "../live/api.ts";
import type { Topic } from "../live/topic.ts";
import type { ScheduleDoc, Session } from "../model/schedule.ts";

/** Where a session stands: its entry in the programme, and the topic to move it by. */
export interface Place {
  readonly id: string;
  readonly detail: SessionDetail | undefined;
  readonly schedule: ScheduleDoc;
  readonly programme: Topic | undefined;
}

export const plannedOf = (place: Place): Session | undefined => place.schedule.session?.[place.id];

export const codeOf = (place: Place): string | undefined => plannedOf(place)?.code ?? place.detail?.code;

export const joinLink = (code: string): string => `${location.origin}/j/${code}`;
