import { t } from "../i18n/staff.ts";
import type { Question } from "../model/session.ts";
import { toast } from "../ui/Toasts.tsx";

export type Act = (cmd: { type: string } & Record<string, unknown>) => string;
export type Move = "approve" | "dismiss" | "restore" | "highlight" | "unhighlight" | "answered";

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
  }
}

const commands: Readonly<Record<Move, { type: string; on?: boolean }>> = {
  approve: { type: "question.approve" },
  dismiss: { type: "question.dismiss" },
  restore: { type: "question.restore" },
  highlight: { type: "question.highlight", on: true },
  unhighlight: { type: "question.highlight", on: false },
  answered: { type: "question.answer" },
};

/** What takes a move back. An approval cannot be unseen, so it becomes a dismissal. */
const back: Readonly<Record<Move, Move>> = {
  approve: "dismiss",
  dismiss: "restore",
  restore: "dismiss",
  highlight: "unhighlight",
  unhighlight: "highlight",
  answered: "restore",
};

/** Does it at once, and offers the way back for a while instead of asking before. */
export function make(act: Act, move: Move, id: string, state: Question["state"]): void {
  act({ ...commands[move], id });
  const undo = move === "restore" && state === "answered" ? "answered" : back[move];
  toast(t(`did.${move}`), { label: t("do.undo"), run: () => void act({ ...commands[undo], id }) });
}
