import { post } from "../live/api.ts";
import type { PassRole } from "../model/conference.ts";

/** A new access link. This answer is the only place where it ever stands. */
export interface Link {
  readonly id: string;
  readonly link: string;
  readonly role: string;
  readonly scope: string;
  readonly until: number;
}

export interface Wanted {
  readonly role: PassRole;
  readonly scope: string;
  readonly label?: string;
  readonly hours?: number;
}

/** Makes an access link. Throws an ApiError. */
export function mint(conference: string, wanted: Wanted): Promise<Link> {
  return post(`/conferences/${encodeURIComponent(conference)}/passes`, wanted);
}
