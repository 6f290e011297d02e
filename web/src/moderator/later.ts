import { lazy } from "../page/lazy.tsx";

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
