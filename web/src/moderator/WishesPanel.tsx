import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { stageOf, type Wish } from "../model/session.ts";
import { useSessionDoc, useSessionMine } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { stepWords } from "./StepsPanel.tsx";
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
    <section class="card stack tight" aria-labelledby="wishes">
      <h3 id="wishes" class="row">
        <Icon name="checks" />
        {t("wishes.title")}
      </h3>
      <ul class="rows steps">
        {wishes.map((wish) => {
          const again = agreement(wish);
          return (
            <li key={`${wish.did} ${wish.id} ${wish.by}`} class="step">
              <span class="grow">
                <strong>{who(wish.by)}</strong> {stepWords(wish)}
                {wish.id && (
                  <span class="soft step-text" dir="auto">
                    {doc.question?.[wish.id]?.text ?? doc.poll?.[wish.id]?.title}
                  </span>
                )}
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
function agreement({ did, id }: Wish): Parameters<ReturnType<typeof useDo>>[0] | undefined {
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
    default:
      return undefined;
  }
}
