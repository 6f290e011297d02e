import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { stageOf, type Wish } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import type { Act } from "./actions.ts";
import { stepWords } from "./StepsPanel.tsx";
import { Subject } from "./Subject.tsx";
import { useWho } from "./staff.ts";

/** Where it takes two moderators: what one of them did that another has not agreed with yet. */
export function WishesPanel({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const me = useSessionMine(topic).me?.["_"]?.staff;
  const who = useWho(topic);
  const act = useDo(topic);
  const wishes = stageOf(doc).wishes?.others ?? [];
  if (wishes.length === 0) return null;
  return (
    <section class="card stack tight wishes" aria-labelledby="wishes">
      <h2 id="wishes">{t("wishes.title")}</h2>
      <ul class="rows steps">
        {wishes.map((wish, i) => {
          const again = agreement(wish);
          return (
            <li key={`${wish.did} ${wish.id} ${i}`} class="step">
              <span class="grow">
                <strong>{who(wish.by)}</strong> {stepWords(wish)}
                <Subject doc={doc} id={wish.id} />
              </span>
              {again && wish.by !== me && (
                <Button small icon="checks" onClick={() => act(again)}>
                  {t("do.approve")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <p class="soft">{t("wishes.how")}</p>
    </section>
  );
}

/** The command by which another agrees, where the wish says all of it; else it is done where it was done first. */
function agreement({ did, id }: Wish): Parameters<Act>[0] | undefined {
  switch (did) {
    case "poll.reveal":
    case "poll.open":
    case "poll.round":
      return { type: did, id };
    case "poll.solve":
      return { type: did, id, on: true };
    case "poll.archive":
      return { type: did, id, on: false };
    case "stage.leaderboard":
      return { type: did, on: true };
    case "player.hide":
      return { type: did, n: Number(id), on: false };
    default:
      return undefined;
  }
}
