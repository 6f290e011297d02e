import { reasons } from "../i18n/en/reasons.ts";
import { t } from "../i18n/index.ts";

/** A Reason of the hub in the page's language. One that this page does not know is the hub's fault. */
export function reasonWords(reason: string): string {
  const key = `reason.${reason}`;
  return Object.hasOwn(reasons, key) ? t(key as "reason.internal") : t("reason.internal");
}
