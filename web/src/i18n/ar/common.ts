import type { common as source } from "../en/common.ts";
import type { Translation } from "../types.ts";

export const common: Translation<typeof source, "ar"> = {
  "app.name": "مجلس",
  language: "اللغة",
  close: "إغلاق",
  cancel: "إلغاء",
  save: "حفظ",
  loading: "جارٍ التحميل…",
  more: "عرض المزيد",

  "line.live": "مباشر",
  "line.connecting": "جارٍ الاتصال…",
  "line.waiting": "إعادة الاتصال…",
  "line.turn": "نوصلك خلال {seconds} ث",
  "line.offline": "غير متصل، كما في {time}",
  "line.ended": "انقطع الاتصال",
  "line.again": "الاتصال من جديد",

  "sent.sending": "جارٍ الإرسال…",
  "sent.kept": "محفوظ على هذا الجهاز حتى يعود الاتصال",
  "sent.sent": "أُرسل، بانتظار تأكيد الخادم",
  "sent.safe": "محفوظ في الخادم",
  "sent.refused": "لم يُقبل",
  "level.embedded": "مكتوب على القرص",
  "level.redis-memory": "محفوظ في الذاكرة",
  "level.redis-disk": "مكتوب على القرص",
  "level.redis-replicated": "محفوظ على عدة أجهزة",
};
