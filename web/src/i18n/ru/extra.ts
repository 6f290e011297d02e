import type { extra as source } from "../en/extra.ts";
import type { Translation } from "../types.ts";

export const extra: Translation<typeof source, "ru"> = {
  "words.from": "Перевод с языка: {language}",
  "words.machine": "Машинный перевод",
  "words.translated": "Перевод",
  "words.both": "Показать исходный текст",
  "words.alone": "Скрыть исходный текст",
  "react.label": "Реакции",
  "react.applause": "Аплодисменты",
  "react.heart": "Сердце",
  "react.laugh": "Смех",
  "react.surprise": "Удивление",
  "react.hand": "Поднять руку",
  "pace.label": "Какой темп?",
  "pace.fast": "Слишком быстро",
  "pace.slow": "Слишком медленно",
  "pace.lost": "Не успеваю понять",
  "pace.said": "Сказано. Через минуту это забудется.",
  "ask.lang": "Язык вашего вопроса",
  "ask.lang.auto": "Определяется сам",
};
