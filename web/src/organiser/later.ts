import { lazy } from "../page/lazy.tsx";

/** Results are drawn as pictures; these and their words come when the first is looked at. */
export const resultCard = lazy(async () => {
  const { ResultCard, pollWords } = await import("./ResultCard.tsx");
  await pollWords();
  return ResultCard;
});
