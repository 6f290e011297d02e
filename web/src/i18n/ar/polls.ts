import type { polls as source } from "../en/polls.ts";
import type { Translation } from "../types.ts";

export const polls: Translation<typeof source, "ar"> = {
  "polls.empty": "لا استطلاعات بعد",
  "polls.empty.lead": "عندما يُفتح استطلاع يظهر لك هنا.",
  "poll.open": "مفتوح",
  "poll.closed": "مغلق",
  "poll.draft": "مسودة",
  "poll.one": "اختر واحدًا",
  "poll.many": "اختر من {min} إلى {max}",
  "poll.upto": "اختر حتى {max}",
  "poll.exactly": "اختر {max}",
  "poll.submit": "إرسال الإجابة",
  "poll.change": "تغيير الإجابة",
  "poll.withdraw": "سحب إجابتي",
  "poll.yours": "إجابتك",
  "poll.in": "وصلت إجابتك. يمكنك تغييرها ما دام الاستطلاع مفتوحًا.",
  "poll.hidden": "النتائج مخفية في الوقت الحالي.",
  "poll.people": {
    zero: "لا إجابات",
    one: "إجابة واحدة",
    two: "إجابتان",
    few: "{n} إجابات",
    many: "{n} إجابة",
    other: "{n} إجابة",
  },
  "poll.leading": "الأكثر اختيارًا",
  "poll.peek": "اطّلع على النتائج حتى الآن",
  "poll.results": "النتائج",
  "screen.vote": "صوّت الآن",
};
