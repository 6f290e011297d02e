import type { enter as source } from "../en/enter.ts";
import type { Translation } from "../types.ts";

export const enter: Translation<typeof source, "ru"> = {
  "enter.title": "Открываем ссылку доступа…",
  "enter.bad": "Эта ссылка доступа не работает",
  "enter.bad.lead": "Возможно, она истекла или отозвана. Попросите у организаторов новую.",
  "enter.none": "В этом адресе нет ссылки доступа.",
};
