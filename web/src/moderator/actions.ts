import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { Question } from "../model/session.ts";
import { doAndOffer } from "./undo.ts";

export type Act = (cmd: { type: string } & Record<string, unknown>) => string;
export type Move =
  | "approve"
  | "dismiss"
  | "restore"
  | "highlight"
  | "unhighlight"
  | "answered"
  | "archive"
  | "star"
  | "unstar"
  | "pin"
  | "unpin"
  | "split";

/** What may be done with a question in its state; the first is the one that is expected next. */
export function movesFor(state: Question["state"], highlighted: boolean): readonly Move[] {
  const screen: Move = highlighted ? "unhighlight" : "highlight";
  switch (state) {
    case "pending":
      return ["approve", "dismiss"];
    case "live":
      return highlighted ? ["answered", screen, "dismiss"] : [screen, "answered", "dismiss"];
    case "answered":
      return ["restore", screen];
    case "dismissed":
      return ["restore"];
    case "merged":
      return ["split"];
  }
}

/** What else may be done with it, behind "more". */
export function moreFor({ state, starred, pinned }: Question): readonly Move[] {
  switch (state) {
    case "live":
      return [starred ? "unstar" : "star", pinned ? "unpin" : "pin", "archive"];
    case "answered":
    case "dismissed":
      return ["archive"];
    default:
      return [];
  }
}

export const commands: Readonly<Record<Move, { type: string; on?: boolean }>> = {
  approve: { type: "question.approve" },
  dismiss: { type: "question.dismiss" },
  restore: { type: "question.restore" },
  split: { type: "question.restore" },
  highlight: { type: "question.highlight", on: true },
  unhighlight: { type: "question.highlight", on: false },
  answered: { type: "question.answer" },
  archive: { type: "question.archive" },
  star: { type: "question.star", on: true },
  unstar: { type: "question.star", on: false },
  pin: { type: "question.pin", on: true },
  unpin: { type: "question.pin", on: false },
};

/** Does it at once, and offers the way back for a while instead of asking before. */
export function make(topic: Topic, act: Act, move: Move, id: string): void {
  doAndOffer(topic, act, { ...commands[move], id }, t(`did.${move}`));
}

/** Does it to several at once. */
export function makeAll(topic: Topic, act: Act, move: Move, ids: readonly string[], more: object = {}): void {
  doAndOffer(topic, act, { ...commands[move], ids: [...ids], ...more }, t("did.many", { n: ids.length }));
}
