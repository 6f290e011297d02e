/** What stands around the questions, as one file: it comes in one request. */
export { AboutQuestions } from "./AboutQuestions.tsx";
export { AnsweredList } from "./AnsweredList.tsx";
export { Closing } from "./Closing.tsx";
export { ListTools } from "./ListTools.tsx";
export { OwnButtons } from "./OwnButtons.tsx";
export { OwnList } from "./OwnList.tsx";
export { PollComes } from "./PollComes.tsx";
