import { api } from "../live/api.ts";
import type { Report } from "./report.ts";

/** Bytes of the largest file that the hub takes. */
export const MAX_FILE = 16 << 20;

/** Sends a programme's file: `dry` only tells what would change. Throws an ApiError. */
export function upload(conference: string, file: File, zone: string, dry: boolean): Promise<Report> {
  const query = new URLSearchParams({ file: file.name, ...(dry ? { dry: "1" } : {}), ...(zone ? { zone } : {}) });
  return api(`/conferences/${encodeURIComponent(conference)}/programme?${query}`, { method: "POST", body: file });
}
