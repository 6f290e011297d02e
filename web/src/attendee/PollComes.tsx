import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useOutbox } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { ownAnswer } from "../model/own.ts";
import { listedPolls, questionsOf } from "../model/polls.ts";
import { isOpen, settingsOf } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { say } from "../ui/say.ts";
import type { TabName } from "./SessionPage.tsx";

interface Props {
  topic: Topic;
  chosen: TabName;
  /** Whether the person has done something since the page opened. */
  pressed: { readonly current: boolean };
  onChoose: (name: TabName) => void;
  /** Whether a poll waits for this person. */
  onWaiting: (waiting: boolean) => void;
}

/** How long (ms) after this has come a poll counts as one that was open before. */
const ARRIVES = 2_000;

/**
 * An open poll comes to the person: its tab opens by itself, unless something is
 * being typed, or somebody was at work on the page before this came to it; then, and
 * for whoever went elsewhere, a banner leads there.
 */
export function PollComes({ topic, chosen, pressed, onChoose, onWaiting }: Props) {
  const doc = useSessionDoc(topic);
  const mine = useSessionMine(topic);
  const pending = useOutbox();
  const seen = useRef(new Set<string>());
  const came = useRef(performance.now());
  const settings = settingsOf(doc);
  const answered = (id: string): boolean => ownAnswer(mine, pending, id).answer !== undefined;
  const open = listedPolls(doc).find(
    ({ id, poll }) => isOpen(settings, poll) && !answered(id) && !questionsOf(doc, id).some((q) => answered(q.id)),
  );
  // Each round of a poll comes by itself.
  const key = `${open?.id} ${open?.poll.round}`;
  useEffect(() => {
    const busy = typing() || (pressed.current && performance.now() - came.current < ARRIVES);
    onWaiting(open !== undefined);
    if (!open || seen.current.has(key)) return;
    seen.current.add(key);
    say(t("poll.opened", { title: open.poll.title }));
    if (!busy) onChoose("polls");
  }, [key]);
  if (!open || chosen === "polls") return null;
  return (
    <div class="poll-comes">
      <Banner
        tone="accent"
        icon="poll"
        action={
          <Button look="primary" onClick={() => onChoose("polls")}>
            {t("poll.answer")}
          </Button>
        }
      >
        <span dir="auto">{t("poll.opened", { title: open.poll.title })}</span>
      </Banner>
    </div>
  );
}

function typing(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === "text");
}
