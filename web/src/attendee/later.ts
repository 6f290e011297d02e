import { lazy } from "../page/lazy.tsx";

const around = () => import("./around.ts");

/** What most people do not see first: they scan a code and come to ask and to vote. */
export const sessionBanners = lazy(async () => (await import("./Banners.tsx")).SessionBanners);
export const pollsTab = lazy(async () => {
  const { PollsTab, pollWords } = await import("./poll/PollsTab.tsx");
  await pollWords();
  return PollsTab;
});
export const programmeTab = lazy(async () => (await import("./ProgrammeTab.tsx")).ProgrammeTab);
export const inLanguage = lazy(async () => {
  const { InLanguage, extraWords } = await import("./InLanguage.tsx");
  await extraWords();
  return InLanguage;
});
export const askLanguage = lazy(async () => {
  const { AskLanguage, extraWords } = await import("./OwnLanguage.tsx");
  await extraWords();
  return AskLanguage;
});
export const reactionBar = lazy(async () => {
  const { ReactionBar, extraWords } = await import("./ReactionBar.tsx");
  await extraWords();
  return ReactionBar;
});
export const suggestions = lazy(async () => (await import("./Suggestions.tsx")).Suggestions);
export const aboutQuestions = lazy(async () => (await around()).AboutQuestions);
export const answeredList = lazy(async () => (await around()).AnsweredList);
export const closing = lazy(async () => (await around()).Closing);
export const listTools = lazy(async () => (await around()).ListTools);
export const pollComes = lazy(async () => (await around()).PollComes);
export const ownButtons = lazy(async () => (await around()).OwnButtons);
export const ownList = lazy(async () => (await around()).OwnList);
export const conferencePage = lazy(async () => (await import("./ConferencePage.tsx")).ConferencePage);
export const joinPage = lazy(async () => (await import("./JoinPage.tsx")).JoinPage);
