import { lazy } from "../page/lazy.tsx";

const polls = async () => {
  const all = await import("./polls.ts");
  await all.pollWords();
  return all;
};

/** Polls and their words come with the first poll, or before. */
export const bigPoll = lazy(async () => (await polls()).BigPoll);
export const bigBoard = lazy(async () => (await polls()).BigBoard);
