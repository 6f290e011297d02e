import type { Answer, Poll } from "../../model/poll.ts";
import { useDraft } from "../../page/useDraft.ts";

/**
 * The answer that is being made: it outlives the tab's panel, a change of language
 * and a reload until it is sent or given up. Before anything was done it is the
 * answer that was sent before.
 */
export function useWish(
  id: string,
  { round = 1 }: Poll,
  answer: Answer | undefined,
): [Answer | undefined, (next: Answer | undefined) => void, () => void] {
  const [kept, keep] = useDraft(`poll.${id}.${round}`);
  const wished = kept === "" ? answer : read(kept);
  return [wished, (next) => keep(JSON.stringify(next ?? null)), () => keep("")];
}

/** What was kept by a page that may have been another version. */
function read(kept: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(kept);
    return typeof answer === "object" && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}
