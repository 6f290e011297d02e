import type { screen as source } from "../en/screen.ts";
import type { Translation } from "../types.ts";

export const screen: Translation<typeof source, "ru"> = {
  "screen.join": "Спрашивайте и голосуйте",
  "screen.top": "Популярные вопросы",
  "screen.now": "Сейчас отвечают",
  "screen.waiting": "Сессия скоро начнётся",
  "screen.more": { one: "и ещё {n}", few: "и ещё {n}", many: "и ещё {n}", other: "и ещё {n}" },
  "screen.nobody": "Отправьте первый вопрос",
  "screen.closed": "Доска закрыта",
};
