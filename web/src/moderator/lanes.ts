import { useMemo } from "preact/hooks";
import { type Listed, listed } from "../model/questions.ts";
import type { SessionDoc } from "../model/session.ts";

export type LaneName = "inbox" | "live" | "answered";
export type Lanes = Readonly<Record<LaneName | "dismissed" | "merged", readonly Listed[]>>;

/** The questions by lane: who waits longest first, then by votes, then the newest. */
export function useLanes(doc: SessionDoc): Lanes {
  return useMemo(
    () => ({
      inbox: listed(doc, ["pending"], "oldest"),
      live: listed(doc, ["live"], "popular"),
      answered: listed(doc, ["answered"], "newest"),
      dismissed: listed(doc, ["dismissed"], "newest"),
      merged: listed(doc, ["merged"], "newest"),
    }),
    [doc.question, doc.votes],
  );
}
