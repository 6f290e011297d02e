import { type Listed, listed } from "./questions.ts";
import type { SessionDoc } from "./session.ts";

/** The stage queue: what is starred, in the order of starring. */
export const queued = (doc: SessionDoc): Listed[] =>
  listed(doc, ["live"], "oldest")
    .filter(({ question }) => question.starred !== undefined)
    .sort((a, b) => (a.question.starred ?? 0) - (b.question.starred ?? 0));
