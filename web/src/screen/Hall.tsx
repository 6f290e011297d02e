import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useConnection, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { type ListedPoll, listedPolls } from "../model/polls.ts";
import { announcementsFor, conferenceOf, roomName } from "../model/schedule.ts";
import { type SessionDoc, settingsOf, stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Icon } from "../ui/Icon.tsx";
import { Logo } from "../ui/Logo.tsx";
import type { Around } from "./App.tsx";
import { BigPoll } from "./BigPoll.tsx";
import { BigQuestion } from "./BigQuestion.tsx";
import { JoinCorner } from "./JoinCorner.tsx";
import { TopQuestions } from "./TopQuestions.tsx";

/** The whole picture: what matters now, and always the way in. */
export function Hall({ topic, around }: { topic: Topic; around: Around }) {
  const doc = useSessionDoc(topic);
  const planned = around.schedule.session?.[around.id];
  const code = planned?.code ?? around.detail?.code;
  return (
    <div class="hall">
      <HallHead around={around} />
      <main class="hall-main">
        <Matter doc={doc} />
      </main>
      {code && <JoinCorner code={code} />}
      <Notes around={around} />
    </div>
  );
}

/** A poll that was put here, else the question being answered, else an open poll, else what is asked most. */
function Matter({ doc }: { doc: SessionDoc }) {
  const stage = stageOf(doc);
  const polls = listedPolls(doc);
  const staged = stage.poll === null ? undefined : polls.find((p) => p.id === stage.poll);
  if (staged) return <BigPoll {...staged} live={settingsOf(doc).live} />;
  const question = stage.question === null ? undefined : doc.question?.[stage.question];
  if (question && stage.question !== null) {
    return <BigQuestion key={stage.question} question={question} votes={doc.votes?.[stage.question]?.n ?? 0} />;
  }
  const open: ListedPoll | undefined = settingsOf(doc).live ? polls.find((p) => p.poll.state === "open") : undefined;
  if (open) return <BigPoll {...open} live />;
  return <TopQuestions doc={doc} />;
}

function HallHead({ around: { id, detail, schedule } }: { around: Around }) {
  const now = useNow(5_000);
  const live = useConnection().line.phase === "live";
  const planned = schedule.session?.[id];
  const zone = conferenceOf(schedule)?.zone ?? detail?.zone;
  const room = planned ? roomName(schedule, planned.room) : detail?.room;
  return (
    <header class="hall-head">
      <Logo />
      <h1 dir="auto">{planned?.title ?? detail?.title ?? id}</h1>
      {room && <bdi class="hall-room">{room}</bdi>}
      <span class="hall-clock num">{formatTime(now, zone)}</span>
      <span
        class="hall-line"
        data-live={live ? "" : undefined}
        role="img"
        aria-label={live ? t("line.live") : t("line.waiting")}
      />
    </header>
  );
}

function Notes({ around }: { around: Around }) {
  const now = useNow(15_000);
  const planned = around.schedule.session?.[around.id];
  const notes = announcementsFor(around.schedule, around.id, now);
  const first = notes[0];
  if (planned?.state === "cancelled") {
    return (
      <footer class="hall-note" data-urgent="">
        <Icon name="warn" />
        <span>{t("change.cancelled")}</span>
      </footer>
    );
  }
  if (!first) return null;
  return (
    <footer class="hall-note" data-urgent={first.note.urgent ? "" : undefined}>
      <Icon name={first.note.urgent ? "warn" : "bell"} />
      <span dir="auto">{first.note.text}</span>
    </footer>
  );
}
