import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { SessionDoc, SessionMine } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";

/** How to call whoever did something. */
export function whoIs(doc: SessionDoc, mine: SessionMine, n: number | undefined): string {
  if (n === undefined) return t("staff.hub");
  if (n === mine.me?.["_"]?.staff) return t("staff.you");
  return doc.staff?.[n]?.name ?? t("staff.n", { n });
}

export function useWho(topic: Topic): (n: number | undefined) => string {
  const doc = useSessionDoc(topic);
  const mine = useSessionMine(topic);
  return (n) => whoIs(doc, mine, n);
}
