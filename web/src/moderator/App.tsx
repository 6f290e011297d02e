import { t } from "../i18n/staff.ts";
import { getSession } from "../live/api.ts";
import { useDo, useSelect, useTopic } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { useFetched } from "../live/useFetched.ts";
import { Ended } from "../page/Failure.tsx";
import { idOf } from "../page/route.ts";
import { useRefusals } from "../page/useRefusals.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { reasonWords } from "../page/words.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Console } from "./Console.tsx";
import type { Place } from "./place.ts";
import { TopBar } from "./TopBar.tsx";

/** The moderators' page of one session: /m/<session>. */
export function App() {
  const id = idOf(location.pathname);
  const topic = useTopic(`session/${id}`, "moderator");
  const detail = useFetched(id, getSession);
  const known = detail.state === "here" ? detail.value : undefined;
  const schedule = useSchedule(known?.conference, "moderator");
  useRefusals();
  const place: Place = { id, detail: known, schedule: schedule.doc, programme: schedule.topic };
  const title = schedule.doc.session?.[id]?.title ?? known?.title ?? id;
  return (
    <>
      <TopBar title={title} topic={topic} place={place} />
      <Ended />
      {topic && <Body topic={topic} place={place} />}
    </>
  );
}

function Body({ topic, place }: { topic: Topic; place: Place }) {
  const act = useDo(topic);
  const error = useSelect(topic.state, (s) => s.error);
  const loaded = useSelect(topic.state, (s) => s.loaded);
  if (error && !loaded) {
    const locked = error === "not-allowed" || error === "bad-pass";
    const unopened = error === "not-live" && place.detail !== undefined;
    const title = locked ? t("mod.signin") : unopened ? t("mod.isclosed") : t("session.unknown");
    const lead = locked ? t("mod.signin.lead") : reasonWords(unopened ? "board-closed" : error);
    return (
      <main>
        <Empty icon="warn" title={title}>
          <p>{lead}</p>
          {unopened && (
            <Button look="primary" onClick={() => act({ type: "board.open" })}>
              {t("mod.open")}
            </Button>
          )}
        </Empty>
      </main>
    );
  }
  return loaded ? <Console topic={topic} place={place} /> : null;
}
