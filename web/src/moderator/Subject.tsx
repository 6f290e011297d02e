import type { SessionDoc } from "../model/session.ts";

/** The name that a person gave in the quiz, if moderators are told it. */
function nameOf(doc: SessionDoc, n: number): string | undefined {
  const { top = [], hidden = [] } = doc.leaderboard?.["_"] ?? {};
  return [...hidden, ...top].find((one) => one.n === n)?.name;
}

/** What a step or a wish is about, in its own direction. */
export function Subject({ doc, id }: { doc: SessionDoc; id: string | undefined }) {
  const words = id && (doc.question?.[id]?.text ?? doc.poll?.[id]?.title ?? nameOf(doc, Number(id)));
  if (!words) return null;
  return (
    <span class="soft step-text">
      <bdi>{words}</bdi>
    </span>
  );
}
