import type { polls as source } from "../en/polls.ts";
import type { Translation } from "../types.ts";

export const polls: Translation<typeof source, "zh"> = {
  "polls.empty": "还没有投票",
  "polls.empty.lead": "投票开始后会显示在这里。",
  "poll.open": "进行中",
  "poll.closed": "已结束",
  "poll.draft": "草稿",
  "poll.one": "请选择一项",
  "poll.many": "请选择 {min} 至 {max} 项",
  "poll.upto": "最多选择 {max} 项",
  "poll.exactly": "请选择 {max} 项",
  "poll.submit": "提交答案",
  "poll.change": "修改答案",
  "poll.withdraw": "撤回我的答案",
  "poll.yours": "您的答案",
  "poll.in": "您的答案已收到，投票结束前可以修改。",
  "poll.hidden": "结果暂不公开。",
  "poll.people": { other: "{n} 人作答" },
  "poll.leading": "选择最多",
  "poll.peek": "查看目前结果",
  "poll.results": "结果",
  "screen.vote": "请投票",
};
