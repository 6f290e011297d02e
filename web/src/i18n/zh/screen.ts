import type { screen as source } from "../en/screen.ts";
import type { Translation } from "../types.ts";

export const screen: Translation<typeof source, "zh"> = {
  "screen.join": "提问和投票",
  "screen.top": "热门问题",
  "screen.now": "正在回答",
  "screen.waiting": "场次即将开始",
  "screen.more": { other: "还有 {n} 个" },
  "screen.nobody": "欢迎发送第一个问题",
  "screen.closed": "互动区已关闭",
};
