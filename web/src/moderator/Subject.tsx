import type { SessionDoc } from "../model/session.ts";

/** What a step or a wish is about, in its own direction. */
export function Subject({ doc, id }: { doc: SessionDoc; id: string | undefined }) {
  const words = id && (doc.question?.[id]?.text ?? doc.poll?.[id]?.title);
  if (!words) return null;
  return (
    <span class="soft step-text">
      <bdi>{words}</bdi>
    </span>
  );
}
