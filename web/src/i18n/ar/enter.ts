import type { enter as source } from "../en/enter.ts";
import type { Translation } from "../types.ts";

export const enter: Translation<typeof source, "ar"> = {
  "enter.title": "جارٍ فتح رابط الدخول…",
  "enter.bad": "رابط الدخول هذا لا يعمل",
  "enter.bad.lead": "ربما انتهى أو سُحب. اطلب رابطًا جديدًا من المنظمين.",
  "enter.none": "لا يوجد رابط دخول في هذا العنوان.",
};
