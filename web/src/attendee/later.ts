import { lazy } from "../page/lazy.tsx";

/** What most people do not see first: they scan a code and come to ask and to vote. */
export const pollsTab = lazy(async () => (await import("./PollsTab.tsx")).PollsTab);
export const programmeTab = lazy(async () => (await import("./ProgrammeTab.tsx")).ProgrammeTab);
export const conferencePage = lazy(async () => (await import("./ConferencePage.tsx")).ConferencePage);
export const joinPage = lazy(async () => (await import("./JoinPage.tsx")).JoinPage);
