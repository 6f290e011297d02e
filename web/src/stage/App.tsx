import { useEffect } from "preact/hooks";
import { t } from "../i18n/desk.ts";
import { getSession } from "../live/api.ts";
import { useSelect, useTopic } from "../live/hooks.ts";
import { useFetched } from "../live/useFetched.ts";
import { Failure } from "../page/Failure.tsx";
import { idOf } from "../page/route.ts";
import { useRefusals } from "../page/useRefusals.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { View } from "./View.tsx";

/** The speakers' view: /stage/<session>. */
export function App() {
  const id = idOf(location.pathname);
  const topic = useTopic(`session/${id}`, "stage");
  const detail = useFetched(id, getSession);
  const known = detail.state === "here" ? detail.value : undefined;
  const { doc: schedule } = useSchedule(known?.conference, "attendee");
  useRefusals();
  const planned = schedule.session?.[id];
  const title = planned?.title ?? known?.title ?? id;
  useEffect(() => {
    document.title = `${t("sv.title")} – ${title}`;
  }, [title]);
  if (!topic) return null;
  return (
    <Watched topic={topic} title={title} start={planned?.start ?? known?.start} end={planned?.end ?? known?.end} />
  );
}

function Watched(props: Parameters<typeof View>[0]) {
  const error = useSelect(props.topic.state, (s) => s.error);
  const loaded = useSelect(props.topic.state, (s) => s.loaded);
  // In the programme, but nobody has opened its board yet: the time until it starts is told.
  const unopened = error === "not-live" && props.start !== undefined;
  if (loaded || unopened) return <View {...props} />;
  if (!error) return null;
  const locked = error === "not-allowed" || error === "bad-pass";
  return <Failure title={locked ? t("sv.signin") : t("session.unknown")} reason={error} />;
}
