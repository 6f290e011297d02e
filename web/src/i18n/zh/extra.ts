import type { extra as source } from "../en/extra.ts";
import type { Translation } from "../types.ts";

export const extra: Translation<typeof source, "zh"> = {
  "words.from": "译自{language}",
  "words.machine": "机器翻译",
  "words.translated": "已翻译",
  "words.both": "显示原文",
  "words.alone": "隐藏原文",
  "react.label": "互动表情",
  "react.applause": "鼓掌",
  "react.heart": "爱心",
  "react.laugh": "大笑",
  "react.surprise": "惊讶",
  "react.hand": "举手",
  "pace.label": "节奏如何？",
  "pace.fast": "太快",
  "pace.slow": "太慢",
  "pace.lost": "跟不上",
  "pace.said": "已告知，一分钟后失效。",
  "ask.lang": "问题的语言",
  "ask.lang.auto": "自动识别",
};
