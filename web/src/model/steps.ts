import type { SessionDoc, SessionMine, Step } from "./session.ts";

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
