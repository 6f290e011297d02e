import type { Listed } from "./questions.ts";

/** The languages of a list, each once. */
export const langsOf = (list: readonly Listed[]): string[] =>
  [...new Set(list.map(({ question }) => question.lang ?? ""))].filter((lang) => lang !== "").sort();
