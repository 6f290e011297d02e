import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { getSession, type SessionDetail } from "../live/api.ts";
import { useSelect, useTopic } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { useFetched } from "../live/useFetched.ts";
import type { ScheduleDoc } from "../model/schedule.ts";
import { Failure } from "../page/Failure.tsx";
import { idOf } from "../page/route.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { Hall } from "./Hall.tsx";
import { useKiosk } from "./useKiosk.ts";

/** What a screen knows of its session from outside the board. */
export interface Around {
  readonly id: string;
  readonly detail: SessionDetail | undefined;
  readonly schedule: ScheduleDoc;
}

/** The hall's screen: /screen/<session>. Without a screen's pass it shows what everybody sees. */
export function App() {
  const id = idOf(location.pathname);
  const [role, setRole] = useState<Topic["role"]>("screen");
  const topic = useTopic(`session/${id}`, role);
  const detail = useFetched(id, getSession);
  const known = detail.state === "here" ? detail.value : undefined;
  const { doc: schedule } = useSchedule(known?.conference, "attendee");
  useKiosk();
  if (!topic) return null;
  return <Watched topic={topic} around={{ id, detail: known, schedule }} onLocked={() => setRole("attendee")} />;
}

function Watched({ topic, around, onLocked }: { topic: Topic; around: Around; onLocked: () => void }) {
  const error = useSelect(topic.state, (s) => s.error);
  const loaded = useSelect(topic.state, (s) => s.loaded);
  const locked = topic.role === "screen" && (error === "not-allowed" || error === "bad-pass");
  useEffect(() => {
    if (locked) onLocked();
  }, [locked]);
  // In the programme, but nobody has opened its board yet: the hall shows the way in and waits.
  const unopened = error === "not-live" && around.detail !== undefined;
  if (loaded || unopened) return <Hall topic={topic} around={around} />;
  return error && !locked ? <Failure title={t("session.unknown")} reason={error} /> : null;
}
