import { formatDecimal } from "../../i18n/decimal.ts";
import { formatNumber } from "../../i18n/index.ts";
import { t } from "../../i18n/polls.ts";
import { optionsOf, stepValue } from "../../model/answers.ts";
import type { Answer, Poll } from "../../model/poll.ts";

const yesno = ["yesno.yes", "yesno.no", "yesno.abstain"] as const;

/** What an option says: people's words, or the page's own for yes and no. */
export function optionText(poll: Poll, id: number): string {
  const own = poll.kind === "yesno" ? yesno[id - 1] : undefined;
  return own ? t(own) : (optionsOf(poll).find((o) => o.id === id)?.text ?? "");
}

/** A number of a poll, in its own unit. */
export const unitText = (poll: Poll, n: number): string =>
  formatDecimal(n / 10 ** (poll.decimals ?? 0), poll.decimals ?? 0);

/** An answer in a few words each, as its giver reads it again. */
export function answerTexts(poll: Poll, answer: Answer): string[] {
  const { choice = [], ranks = [], points = [], number, words = [] } = answer;
  switch (poll.kind) {
    case "rating":
    case "scale":
    case "nps":
      return choice.map((id) => formatNumber(stepValue(poll, id)));
    case "ranking":
      return ranks.map((group, i) => `${formatNumber(i + 1)}. ${group.map((id) => optionText(poll, id)).join(" = ")}`);
    case "points":
      return points.flatMap((n, i) => (n > 0 ? [`${formatNumber(n)} · ${optionText(poll, i + 1)}`] : []));
    case "number":
      return number === undefined ? [] : [unitText(poll, number)];
    case "text":
    case "cloud":
      return [...words];
    default:
      return choice.map((id) => optionText(poll, id));
  }
}

/** What is left of the countdown, as it is said. */
export const leftWords = (time: string): string => t("poll.left", { time });
