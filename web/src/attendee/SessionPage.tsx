import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { getSession } from "../live/api.ts";
import { useSelect, useTopic } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { useFetched } from "../live/useFetched.ts";
import { settingsOf } from "../model/session.ts";
import { Ended, Failure } from "../page/Failure.tsx";
import { follow, go, usePlace } from "../page/route.ts";
import { useRefusals } from "../page/useRefusals.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Panel, Tabs } from "../ui/Tabs.tsx";
import { type About, Header } from "./Header.tsx";
import { pollComes, pollsTab, programmeTab, reactionBar, sessionBanners } from "./later.ts";
import { QuestionsTab } from "./QuestionsTab.tsx";

export type TabName = "questions" | "polls" | "programme";

/** One session: what is asked, what is polled, and the programme around it. */
export function SessionPage({ id }: { id: string }) {
  const topic = useTopic(`session/${id}`, "attendee");
  const detail = useFetched(id, getSession);
  const known = detail.state === "here" ? detail.value : undefined;
  const schedule = useSchedule(known?.conference);
  const about: About = { id, detail: known, schedule: schedule.doc };
  const title = schedule.doc.session?.[id]?.title ?? known?.title ?? id;
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
  }, [title]);
  // They speak of what comes over the line, and are here before it.
  useEffect(() => sessionBanners.prefetch(), []);
  useRefusals(["question.vote", "question.withdraw"]);
  const missing = detail.state === "failed" && detail.code !== "unreachable" ? detail.code : undefined;
  return (
    <>
      <Header about={about} title={title} topic={topic} />
      <main class="column page">
        <Ended />
        {topic && <Board topic={topic} about={about} missing={missing} />}
      </main>
    </>
  );
}

function Board({ topic, about, missing }: { topic: Topic; about: About; missing: string | undefined }) {
  const loaded = useSelect(topic.state, (s) => s.loaded);
  const error = useSelect(topic.state, (s) => s.error) ?? missing;
  if (error === "not-live" && !loaded && about.detail) return <NotYet about={about} />;
  if (error && !loaded) {
    return (
      <Failure title={t("session.unknown")} reason={error}>
        <a class="button" href="/" onClick={follow}>
          {t("join.title")}
        </a>
      </Failure>
    );
  }
  if (!loaded) return <Skeleton />;
  return <Tabbed topic={topic} about={about} />;
}

/** In the programme, but nobody has opened its board yet. */
function NotYet({ about }: { about: About }) {
  return (
    <>
      <sessionBanners.View about={about} settings={settingsOf({})} />
      <programmeTab.View doc={about.schedule} here={about.id} />
    </>
  );
}

function Tabbed({ topic, about }: { topic: Topic; about: About }) {
  const { hash } = usePlace();
  const doc = useSessionDoc(topic);
  const chosen: TabName = hash === "polls" || hash === "programme" ? hash : "questions";
  const choose = (name: TabName): void => go(`#${name}`, "replace");
  const pressed = useRef(false);
  useEffect(() => {
    const press = (): void => {
      pressed.current = true;
    };
    addEventListener("pointerdown", press, { capture: true, once: true });
    return () => removeEventListener("pointerdown", press, { capture: true });
  }, []);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    pollsTab.prefetch();
    programmeTab.prefetch();
  }, []);
  const questions = Object.values(doc.question ?? {}).filter((q) => q.state === "live").length;
  const polls = Object.values(doc.poll ?? {}).filter((p) => p.state === "open" && p.in === undefined).length;
  return (
    <>
      <sessionBanners.View about={about} settings={settingsOf(doc)} />
      <pollComes.View topic={topic} chosen={chosen} pressed={pressed} onChoose={choose} onWaiting={setWaiting} />
      <Tabs<TabName>
        class="main-tabs"
        label={t("app.name")}
        chosen={chosen}
        onChoose={choose}
        tabs={[
          { name: "questions", label: t("tab.questions"), icon: "question", count: String(questions) },
          {
            name: "polls",
            label: t("tab.polls"),
            icon: "poll",
            calls: waiting,
            ...(polls > 0 ? { count: String(polls) } : {}),
          },
          { name: "programme", label: t("tab.programme"), icon: "calendar" },
        ]}
      />
      <Panel name={chosen}>
        {chosen === "questions" && <QuestionsTab topic={topic} session={about.id} />}
        {chosen === "polls" && <pollsTab.View topic={topic} />}
        {chosen === "programme" && <programmeTab.View doc={about.schedule} here={about.id} />}
      </Panel>
      {settingsOf(doc).live && <reactionBar.View topic={topic} />}
    </>
  );
}

function Skeleton() {
  return (
    <div class="stack skeleton" aria-busy="true">
      <span class="away">{t("loading")}</span>
      <div class="card" />
      <div class="card" />
      <div class="card" />
    </div>
  );
}
