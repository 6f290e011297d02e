import type { screen as source } from "../en/screen.ts";
import type { Translation } from "../types.ts";

export const screen: Translation<typeof source, "ar"> = {
  "screen.join": "اسأل وصوّت",
  "screen.top": "أبرز الأسئلة",
  "screen.now": "تجري الإجابة عنه الآن",
  "screen.waiting": "تبدأ الجلسة قريبًا",
  "screen.more": {
    zero: "ولا شيء غيرها",
    one: "وواحد آخر",
    two: "واثنان آخران",
    few: "و{n} أخرى",
    many: "و{n} أخرى",
    other: "و{n} أخرى",
  },
  "screen.nobody": "أرسل السؤال الأول",
  "screen.closed": "اللوحة مغلقة",
};
