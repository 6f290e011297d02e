import { extraWords, t } from "../i18n/extra.ts";
import "../styles/reactions.css";

export { Flow } from "../page/Flow.tsx";
export { extraWords };

/** That nobody wrote these words. */
export function MachineMark() {
  return <span>{t("words.machine")}</span>;
}
