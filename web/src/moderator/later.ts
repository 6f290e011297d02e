import { lazy } from "../page/lazy.tsx";

/** The words of polls and of those who run them come with them. */
export const pollsPanel = lazy(async () => {
  const { PollsPanel, pollDeskWords } = await import("./polls/PollsPanel.tsx");
  await pollDeskWords();
  return PollsPanel;
});

/** What a moderator does not look for first. */
export const backstagePanel = lazy(async () => {
  const { BackstagePanel, deskWords } = await import("./BackstagePanel.tsx");
  await deskWords();
  return BackstagePanel;
});
export const langsPanel = lazy(async () => {
  const { LangsPanel, deskWords } = await import("./LangsPanel.tsx");
  await deskWords();
  return LangsPanel;
});
