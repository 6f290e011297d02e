import type { common as source } from "../en/common.ts";
import type { Translation } from "../types.ts";

export const common: Translation<typeof source, "ru"> = {
  "app.name": "Majlis",
  language: "Язык",
  close: "Закрыть",
  cancel: "Отмена",
  save: "Сохранить",
  loading: "Загрузка…",
  more: "Показать ещё",

  "line.live": "На связи",
  "line.connecting": "Подключение…",
  "line.waiting": "Восстановление связи…",
  "line.turn": "Подключим через {seconds} с",
  "line.offline": "Нет связи, данные на {time}",
  "line.ended": "Отключено",
  "line.again": "Подключиться снова",

  "sent.sending": "Отправляется…",
  "sent.kept": "Хранится на этом устройстве до восстановления связи",
  "sent.sent": "Отправлено, ждём сервер",
  "sent.safe": "Сохранено на сервере",
  "sent.refused": "Не принято",
  "level.embedded": "записано на диск",
  "level.redis-memory": "хранится в памяти",
  "level.redis-disk": "записано на диск",
  "level.redis-replicated": "хранится на нескольких машинах",
};
