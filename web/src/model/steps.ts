import { type SessionDoc, type SessionMine, type Step, stageOf } from "./session.ts";

export interface ListedStep {
  readonly id: string;
  readonly step: Step;
}

/** What was done, the newest first. */
export function listedSteps(doc: SessionDoc): ListedStep[] {
  return Object.entries(doc.step ?? {})
    .map(([id, step]) => ({ id, step }))
    .sort((a, b) => Number(b.id) - Number(a.id));
}

/** The offset of the newest step, 0 before the first. */
export const newestStep = (doc: SessionDoc): number => Math.max(0, ...Object.keys(doc.step ?? {}).map(Number));

/** My newest step of a type behind an offset, if it changed one of some questions (or none is asked for). */
export function ownStep(
  doc: SessionDoc,
  mine: SessionMine,
  did: string,
  ids: readonly string[],
  behind: number,
): string | undefined {
  const me = mine.me?.["_"]?.staff;
  const found = listedSteps(doc).find(
    ({ id, step }) =>
      Number(id) > behind &&
      step.did === did &&
      step.by === me &&
      step.undone === undefined &&
      (step.id === undefined || ids.length === 0 || ids.includes(step.id)),
  );
  return found?.id;
}

/** Whether what I did last of a type waits for another moderator, who has to do the same. */
export function waits(doc: SessionDoc, mine: SessionMine, did: string, ids: readonly string[]): boolean {
  const me = mine.me?.["_"]?.staff;
  const { question, poll, note, others = [] } = stageOf(doc).wishes ?? {};
  const asked = [
    ...others,
    { did: "question.highlight", ...question },
    { did: "poll.stage", ...poll },
    { did: "stage.announce", ...note },
  ];
  const about = (id: string | undefined): boolean => id === undefined || ids.length === 0 || ids.includes(id);
  return (
    asked.some((wish) => wish.did === did && wish.by === me && about(wish.id)) ||
    (me !== undefined && ids.some((id) => (doc.poll?.[id] ?? doc.question?.[id])?.eye === me))
  );
}
