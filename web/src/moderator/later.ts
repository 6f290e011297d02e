import { lazy } from "../page/lazy.tsx";

/** The words of polls and of those who run them come with them. */
export const pollsPanel = lazy(async () => {
  const { PollsPanel, pollDeskWords } = await import("./polls/PollsPanel.tsx");
  await pollDeskWords();
  return PollsPanel;
});
