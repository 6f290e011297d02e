import type { extra as source } from "../en/extra.ts";
import type { Translation } from "../types.ts";

export const extra: Translation<typeof source, "ar"> = {
  "words.from": "مترجم من: {language}",
  "words.machine": "ترجمة آلية",
  "words.translated": "مترجم",
  "words.both": "عرض النص الأصلي",
  "words.alone": "إخفاء النص الأصلي",
  "react.label": "تفاعلات",
  "react.applause": "تصفيق",
  "react.heart": "قلب",
  "react.laugh": "ضحك",
  "react.surprise": "دهشة",
  "react.hand": "رفع اليد",
  "pace.label": "كيف تجد السرعة؟",
  "pace.fast": "سريع جدًا",
  "pace.slow": "بطيء جدًا",
  "pace.lost": "لم أعد أتابع",
  "pace.said": "وصل رأيك، ويزول بعد دقيقة.",
  "ask.lang": "لغة سؤالك",
  "ask.lang.auto": "تُعرَف تلقائيًا",
};
