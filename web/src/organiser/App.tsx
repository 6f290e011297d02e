import { useEffect } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useSelect, useTopic } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import type { ConferenceDoc } from "../model/conference.ts";
import { conferenceOf } from "../model/schedule.ts";
import { Ended } from "../page/Failure.tsx";
import { idOf } from "../page/route.ts";
import { useRefusals } from "../page/useRefusals.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { reasonWords } from "../page/words.ts";
import { Empty } from "../ui/Banner.tsx";
import { Desk } from "./Desk.tsx";
import { Header } from "./Header.tsx";
import type { Boards } from "./place.ts";
import { useBoards } from "./useBoards.ts";

/** The organisers' page of one conference: /o/<conference>. */
export function App() {
  const id = idOf(location.pathname);
  const office = useTopic(`conference/${id}`, "organiser");
  const schedule = useSchedule(id, "organiser");
  const boards = useBoards(id);
  useRefusals();
  const conference = conferenceOf(schedule.doc);
  const title = conference?.title ?? id;
  useEffect(() => {
    document.title = `${t("org.title")} – ${title}`;
  }, [title]);
  return (
    <>
      <Header title={title} conference={conference} live={boards.live.size} />
      <Ended />
      {office && <Body office={office} id={id} schedule={schedule} boards={boards} />}
    </>
  );
}

interface Props {
  id: string;
  office: Topic;
  schedule: ReturnType<typeof useSchedule>;
  boards: Boards;
}

function Body({ id, office, schedule, boards }: Props) {
  const { doc, loaded, error } = useSelect(office.state, (s) => s);
  if (error && !loaded) {
    const locked = error === "not-allowed" || error === "bad-pass";
    return (
      <main>
        <Empty icon="warn" title={locked ? t("mod.signin") : t("org.unknown")}>
          <p>{locked ? t("org.signin.lead") : reasonWords(error)}</p>
        </Empty>
      </main>
    );
  }
  if (!loaded) return null;
  return (
    <Desk
      place={{ id, office, doc: doc as ConferenceDoc, programme: schedule.topic, schedule: schedule.doc, boards }}
    />
  );
}
