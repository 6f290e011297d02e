import type { Topic } from "../live/topic.ts";
import type { ConferenceDoc } from "../model/conference.ts";
import type { ScheduleDoc } from "../model/schedule.ts";

/** What every tab of the page knows. */
export interface Place {
  /** The conference's id. */
  readonly id: string;
  readonly office: Topic;
  readonly doc: ConferenceDoc;
  readonly programme: Topic | undefined;
  readonly schedule: ScheduleDoc;
  readonly boards: Boards;
}

export interface Boards {
  /** Sessions whose board is open. */
  readonly live: ReadonlySet<string>;
  /** Sessions whose board is open, or has been. */
  readonly opened: ReadonlySet<string>;
}

/** Where everybody joins with a code. */
export const joinLink = (code: string): string => `${location.origin}/j/${code}`;
