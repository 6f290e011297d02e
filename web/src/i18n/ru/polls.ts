import type { polls as source } from "../en/polls.ts";
import type { Translation } from "../types.ts";

export const polls: Translation<typeof source, "ru"> = {
  "polls.empty": "Опросов пока нет",
  "polls.empty.lead": "Когда откроется опрос, он появится здесь.",
  "poll.open": "Открыт",
  "poll.closed": "Закрыт",
  "poll.draft": "Черновик",
  "poll.one": "Выберите один вариант",
  "poll.many": "Выберите от {min} до {max}",
  "poll.upto": "Выберите не больше {max}",
  "poll.exactly": "Выберите ровно {max}",
  "poll.submit": "Отправить ответ",
  "poll.change": "Изменить ответ",
  "poll.withdraw": "Отозвать мой ответ",
  "poll.yours": "Ваш ответ",
  "poll.in": "Ваш ответ принят. Его можно изменить, пока опрос открыт.",
  "poll.hidden": "Результаты пока скрыты.",
  "poll.people": { one: "{n} ответ", few: "{n} ответа", many: "{n} ответов", other: "{n} ответа" },
  "poll.leading": "Выбирают чаще всего",
  "poll.peek": "Посмотреть промежуточные результаты",
  "poll.results": "Результаты",
  "screen.vote": "Голосуйте сейчас",
};
