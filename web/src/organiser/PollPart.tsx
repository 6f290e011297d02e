import { t } from "../i18n/polls.ts";
import { Picture } from "../page/poll/Picture.tsx";
import { type PollResult, tallyOf } from "./results.ts";

/** How one poll came out; the title of a survey stands above its questions. */
export function PollPart({ poll }: { poll: PollResult }) {
  const tally = tallyOf(poll);
  const texts = tally.words?.map(({ n, text, people }) => ({ id: String(n), text, people })) ?? [];
  return (
    <section class="stack tight" data-kind={poll.kind}>
      <h2 class="heading" dir="auto">
        {poll.title}
      </h2>
      <p class="soft">{t("poll.people", { n: poll.people })}</p>
      <Picture poll={poll} tally={tally} past={poll.rounds ?? []} texts={texts} />
    </section>
  );
}
