import { t } from "../../i18n/polls.ts";

/** Nobody has answered yet. */
export const Nothing = () => <p class="soft">{t("poll.nobody")}</p>;
