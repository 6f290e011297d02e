import { useEffect, useRef } from "preact/hooks";
import { useDo } from "../live/hooks.ts";
import { shelf } from "../live/shelf.ts";
import type { Topic } from "../live/topic.ts";
import type { Listed } from "../model/questions.ts";
import { stageOf } from "../model/session.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { undoLast } from "../ui/Toasts.tsx";
import { type Move, make, moreFor, movesFor } from "./actions.ts";
import type { Lanes } from "./lanes.ts";

const KEY = "majlis.keys";

/** Single keys can be switched off (WCAG 2.1.4): speech input types whole words. */
export const keysOn = (): boolean => shelf("localStorage").getItem(KEY) !== "off";
export const turnKeys = (on: boolean): void => shelf("localStorage").setItem(KEY, on ? "on" : "off");

const moves: Readonly<Record<string, readonly Move[]>> = {
  a: ["approve", "restore"],
  d: ["dismiss"],
  p: ["highlight", "unhighlight"],
  r: ["answered"],
  s: ["star", "unstar"],
};

interface Props {
  topic: Topic;
  lanes: Lanes;
  selected: string | undefined;
  select: (id: string | undefined) => void;
  edit: (id: string) => void;
  choose: (id: string) => void;
  /** A dialog is open. */
  held: boolean;
}

/** J and K walk through the lanes; the other keys act on the chosen question and go on to the next. */
export function useKeys(props: Props): void {
  const act = useDo(props.topic);
  const doc = useSessionDoc(props.topic);
  // Two quick keys must not meet the same question: the second comes before the page is drawn again.
  const chosenNow = useRef(props.selected);
  chosenNow.current = props.selected;
  const select = (id: string | undefined): void => {
    chosenNow.current = id;
    props.select(id);
  };
  const latest = useRef<(e: KeyboardEvent) => void>(() => undefined);
  latest.current = (e) => {
    const { lanes, edit, choose } = props;
    const all = [...lanes.inbox, ...lanes.live, ...lanes.answered];
    const at = all.findIndex((q) => q.id === chosenNow.current);
    const current = all[at];
    const key = e.key.toLowerCase();
    if (key === "j") select(all[Math.min(at + 1, all.length - 1)]?.id);
    else if (key === "k") select(all[Math.max(at - 1, 0)]?.id);
    else if (key === "u") undoLast();
    else if (key === "e" && current) edit(current.id);
    else if (key === "x" && current) choose(current.id);
    else if (current && moves[key]) {
      const move = chosen(moves[key], current, stageOf(doc).question === current.id);
      if (!move) return;
      if (LEAVES.has(move)) select((all[at + 1] ?? all[at - 1])?.id);
      make(props.topic, act, move, current.id);
    } else return;
    e.preventDefault();
  };
  const { held } = props;
  useEffect(() => {
    const listen = (e: KeyboardEvent): void => {
      if (!held && keysOn() && !e.ctrlKey && !e.metaKey && !e.altKey && !typing(e.target)) latest.current(e);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [held]);
}

/** After these the question stands in another lane. */
const LEAVES: ReadonlySet<Move> = new Set<Move>(["approve", "restore", "dismiss", "answered"]);

function chosen(wished: readonly Move[], q: Listed, highlighted: boolean): Move | undefined {
  const allowed = [...movesFor(q.question.state, highlighted), ...moreFor(q.question)];
  return wished.find((move) => allowed.includes(move));
}

export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
