import { useEffect } from "preact/hooks";
import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useConnection, useNow } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { matterOf } from "../model/matter.ts";
import { announcementsFor, conferenceOf, roomName } from "../model/schedule.ts";
import { type SessionDoc, settingsOf, stageOf } from "../model/session.ts";
import { hallWords } from "../model/translate.ts";
import { Countdown } from "../page/Countdown.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Icon } from "../ui/Icon.tsx";
import { Logo } from "../ui/Logo.tsx";
import type { Around } from "./App.tsx";
import { flow } from "./aside.ts";
import { BigQuestion } from "./BigQuestion.tsx";
import { JoinCorner } from "./JoinCorner.tsx";
import { bigBoard, bigPoll } from "./later.ts";
import { TopQuestions } from "./TopQuestions.tsx";

/** The whole picture: what matters now, and always the way in. */
export function Hall({ topic, around }: { topic: Topic; around: Around }) {
  useEffect(() => bigPoll.prefetch(), []);
  const doc = useSessionDoc(topic);
  const planned = around.schedule.session?.[around.id];
  const code = planned?.code ?? around.detail?.code;
  return (
    <div class="hall">
      <HallHead around={around} doc={doc} />
      <main class="hall-main">
        <Matter doc={doc} />
      </main>
      {code && <JoinCorner code={code} />}
      {!stageOf(doc).dark && <Notes around={around} doc={doc} />}
      {!stageOf(doc).dark && <flow.View topic={topic} />}
    </div>
  );
}

/** The hall is told in time that the questions close. */
function Closing({ doc }: { doc: SessionDoc }) {
  const { closes } = settingsOf(doc);
  if (!closes || stageOf(doc).dark) return null;
  const words = (time: string): string => t(closes.to === "closed" ? "ask.closing" : "ask.closes", { time });
  return (
    <p class="hall-closes">
      <Icon name="clock" />
      <Countdown until={closes.at} words={words} />
    </p>
  );
}

function Matter({ doc }: { doc: SessionDoc }) {
  const matter = matterOf(doc);
  if (matter?.kind === "leaderboard") return <bigBoard.View doc={doc} />;
  if (matter?.kind === "poll")
    return <bigPoll.View key={matter.poll.id} doc={doc} {...matter.poll} live={settingsOf(doc).live} />;
  if (matter?.kind === "question") {
    const { hall } = settingsOf(doc);
    const other = hallWords(doc, matter.id, matter.question);
    return (
      <BigQuestion
        key={matter.id}
        question={matter.question}
        votes={doc.votes?.[matter.id]?.n ?? 0}
        other={other}
        both={hall?.both === true}
      />
    );
  }
  return <TopQuestions doc={doc} />;
}

function HallHead({ around: { id, detail, schedule }, doc }: { around: Around; doc: SessionDoc }) {
  const now = useNow(5_000);
  const live = useConnection().line.phase === "live";
  const planned = schedule.session?.[id];
  const zone = conferenceOf(schedule)?.zone ?? detail?.zone;
  const room = planned ? roomName(schedule, planned.room) : detail?.room;
  return (
    <header class="hall-head">
      <Logo />
      <h1 dir="auto">{planned?.title ?? detail?.title ?? id}</h1>
      <Closing doc={doc} />
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

/** What is announced; where two must see everything first, what two agreed to show. */
function Notes({ around, doc }: { around: Around; doc: SessionDoc }) {
  const now = useNow(15_000);
  const planned = around.schedule.session?.[around.id];
  const agreed = settingsOf(doc).eyes ? stageOf(doc).note : undefined;
  const notes = announcementsFor(around.schedule, around.id, now);
  const first = settingsOf(doc).eyes ? notes.find(({ id }) => id === agreed) : notes[0];
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
