import { t } from "../i18n/polls.ts";
import type { ListedPoll } from "../model/polls.ts";
import { pastOf } from "../model/results.ts";
import type { SessionDoc } from "../model/session.ts";
import { hallSees, textsOf } from "../model/sight.ts";
import { Picture } from "../page/poll/Picture.tsx";
import { Icon } from "../ui/Icon.tsx";

/** A poll as the speaker reads it: how many answered, and what, if the hall may see that. */
export function Poll({ doc, id, poll, tally }: ListedPoll & { doc: SessionDoc }) {
  return (
    <section class="podium-poll" aria-labelledby="poll">
      <h2 id="poll">
        <Icon name="poll" />
        <span dir="auto">{poll.title}</span>
      </h2>
      <p class="podium-by num">{t("poll.people", { n: tally.people })}</p>
      {hallSees(poll, tally) ? (
        <Picture poll={poll} tally={tally} past={pastOf(doc, id)} texts={textsOf(doc, id)} />
      ) : (
        <p class="podium-none">{t("poll.hidden")}</p>
      )}
    </section>
  );
}
