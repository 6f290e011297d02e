import { lazy } from "../page/lazy.tsx";

/** What most people do not see first: they scan a code and come to ask and to vote. */
export const programmeTab = lazy(async () => (await import("./ProgrammeTab.tsx")).ProgrammeTab);
export const suggestions = lazy(async () => (await import("./Suggestions.tsx")).Suggestions);
export const aboutQuestions = lazy(async () => (await import("./AboutQuestions.tsx")).AboutQuestions);
export const ownList = lazy(async () => (await import("./OwnList.tsx")).OwnList);
export const ownButtons = lazy(async () => (await import("./OwnButtons.tsx")).OwnButtons);
export const pollsTab = lazy(async () => (await import("./PollsTab.tsx")).PollsTab);
export const conferencePage = lazy(async () => (await import("./ConferencePage.tsx")).ConferencePage);
export const joinPage = lazy(async () => (await import("./JoinPage.tsx")).JoinPage);
