import type { enter as source } from "../en/enter.ts";
import type { Translation } from "../types.ts";

export const enter: Translation<typeof source, "zh"> = {
  "enter.title": "正在打开您的访问链接…",
  "enter.bad": "此访问链接无效",
  "enter.bad.lead": "可能已过期或被撤销。请向主办方索取新链接。",
  "enter.none": "此地址中没有访问链接。",
};
