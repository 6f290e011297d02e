import type { common as source } from "../en/common.ts";
import type { Translation } from "../types.ts";

export const common: Translation<typeof source, "zh"> = {
  "app.name": "Majlis",
  language: "语言",
  close: "关闭",
  cancel: "取消",
  save: "保存",
  loading: "正在加载…",
  more: "显示更多",

  "line.live": "已连接",
  "line.connecting": "正在连接…",
  "line.waiting": "正在重新连接…",
  "line.turn": "{seconds} 秒后为您接入",
  "line.offline": "离线，数据截至 {time}",
  "line.ended": "连接已断开",
  "line.again": "重新连接",

  "sent.sending": "正在发送…",
  "sent.kept": "已存在本机，恢复连接后发送",
  "sent.sent": "已发送，等待服务器确认",
  "sent.safe": "服务器已保存",
  "sent.refused": "未被接受",
  "level.embedded": "已写入磁盘",
  "level.redis-memory": "保存在内存中",
  "level.redis-disk": "已写入磁盘",
  "level.redis-replicated": "已保存在多台机器上",
};
