import { formatDecimal } from "../../i18n/decimal.ts";
import { formatNumber, formatPercent } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import { POINTS } from "../../model/answers.ts";
import type { Answer, Past, Poll, Tally, Text } from "../../model/poll.ts";
import { type Outcome, outcomes, placed } from "../../model/results.ts";
import { type Bar, Bars } from "../../ui/pictures/Bars.tsx";
import { Cloud } from "../../ui/pictures/Cloud.tsx";
import { Wall } from "../../ui/pictures/Wall.tsx";
import { Nothing } from "./Nothing.tsx";
import { NumberPicture } from "./NumberPicture.tsx";
import { StepsPicture } from "./StepsPicture.tsx";
import { optionText } from "./words.ts";

export interface PictureProps {
  poll: Poll;
  tally: Tally;
  /** Earlier rounds, oldest first. */
  past?: readonly Past[];
  own?: Answer | undefined;
  /** What people wrote, of an open text. */
  texts?: readonly (Pick<Text, "text" | "people"> & { readonly id: string })[];
}

/** The results of a poll as a picture, each kind its own; earlier rounds stand beside. */
export function Picture(props: PictureProps) {
  const { poll, tally, past = [], own, texts = [] } = props;
  switch (poll.kind) {
    case "single":
    case "multiple":
    case "yesno":
    case "quiz":
    case "points":
      return <Options {...props} />;
    case "ranking":
      return <Ranking {...props} />;
    case "text":
      return texts.length > 0 ? <Wall texts={texts.map(many)} /> : <Nothing />;
    case "survey":
      return null;
    default:
      if (past.length === 0) return <One poll={poll} tally={tally} own={own} />;
      return (
        <div class="rounds">
          {past.map((p) => (
            <section key={p.round}>
              <Round n={p.round} people={p.people} />
              <One poll={poll} tally={p} />
            </section>
          ))}
          <section>
            <Round n={poll.round ?? 1} people={tally.people} />
            <One poll={poll} tally={tally} own={own} />
          </section>
        </div>
      );
  }
}

function Round({ n, people }: { n: number; people: number }) {
  return (
    <p class="round-head">
      <strong>{t("poll.round", { round: n })}</strong> <span class="soft num">{t("poll.people", { n: people })}</span>
    </p>
  );
}

/** One round of a kind whose rounds stand side by side. */
function One({ poll, tally, own }: Pick<PictureProps, "poll" | "tally" | "own">) {
  if (poll.kind === "number") return <NumberPicture poll={poll} tally={tally} own={own?.number} />;
  if (poll.kind !== "cloud") return <StepsPicture poll={poll} tally={tally} own={own?.choice?.[0]} />;
  const words = (tally.words ?? []).filter((w) => w.state === undefined && w.gone === undefined);
  return words.length > 0 ? <Cloud words={words.map((w) => ({ text: w.text, count: w.people }))} /> : <Nothing />;
}

/** The same text from several people is one that says so. */
const many = ({ id, text, people }: { id: string; text: string; people?: number }) => ({
  id,
  text: people !== undefined && people > 1 ? `${text} ×${formatNumber(people)}` : text,
});

function Options({ poll, tally, past = [], own }: PictureProps) {
  const now = outcomes(poll, tally);
  if (!now) return null;
  const before = past.map((p) => ({ round: p.round, all: outcomes(poll, p) ?? [], people: p.people }));
  const full = poll.kind === "points" ? longest([now, ...before.map((b) => b.all)]) : 1;
  const bars = now.map(
    (o, i): Bar => ({
      id: o.id,
      text: optionText(poll, o.id),
      share: o.share / full,
      leads: o.leads,
      ...said(poll, o, tally.people),
      ...(poll.right ? { right: poll.right.includes(o.id) } : {}),
      before: before.flatMap(({ round, all, people }) => {
        const past = all[i];
        return past
          ? [{ round: roundWords(round), share: past.share / full, value: said(poll, past, people).value }]
          : [];
      }),
    }),
  );
  const chosen = poll.kind === "points" ? [] : own?.choice;
  return (
    <>
      <Bars bars={bars} own={chosen ?? []} round={roundWords(poll.round ?? 1)} />
      {poll.kind === "points" && <p class="soft picture-note">{t("points.mean")}</p>}
    </>
  );
}

const roundWords = (round: number): string => t("poll.round", { round });

/** Points are compared with the best; shares of people with all of them. */
const longest = (rounds: readonly (readonly Outcome[])[]): number =>
  Math.max(...rounds.flat().map((o) => o.share)) || 1;

function said(poll: Poll, { share, count }: Outcome, people: number): { value: string; note?: string } {
  if (poll.kind !== "points") return { value: formatPercent(share), note: formatNumber(count) };
  return { value: formatDecimal(people > 0 ? share * POINTS : 0, 1) };
}

function Ranking({ poll, tally, past = [] }: PictureProps) {
  const now = placed(poll, tally);
  if (!now) return null;
  const before = past.map((p) => ({ round: p.round, all: placed(poll, p) ?? [] }));
  const bars = now.map(
    (o): Bar => ({
      id: o.id,
      text: optionText(poll, o.id),
      share: o.share,
      leads: o.leads,
      place: o.place,
      value: formatPercent(o.share),
      before: before.flatMap(({ round, all }) => {
        const past = all.find((one) => one.id === o.id);
        return past ? [{ round: roundWords(round), share: past.share, value: formatPercent(past.share) }] : [];
      }),
    }),
  );
  return (
    <>
      <Bars bars={bars} round={roundWords(poll.round ?? 1)} />
      <p class="soft picture-note">{t(tally.order ? "ranking.order" : "ranking.share")}</p>
    </>
  );
}
