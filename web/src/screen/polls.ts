import "../styles/pictures.css";
import "../styles/pollshall.css";

export { pollWords } from "../i18n/polls.ts";
export { BigBoard } from "./BigBoard.tsx";
export { BigPoll } from "./BigPoll.tsx";
