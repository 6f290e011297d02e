import type { common as source } from "../en/common.ts";
import type { Translation } from "../types.ts";

export const common: Translation<typeof source, "es"> = {
  "app.name": "Majlis",
  language: "Idioma",
  close: "Cerrar",
  cancel: "Cancelar",
  save: "Guardar",
  loading: "Cargando…",
  more: "Mostrar más",

  "line.live": "En directo",
  "line.connecting": "Conectando…",
  "line.waiting": "Reconectando…",
  "line.turn": "Le conectamos en {seconds} s",
  "line.offline": "Sin conexión, datos de las {time}",
  "line.ended": "Desconectado",
  "line.again": "Volver a conectar",

  "sent.sending": "Enviando…",
  "sent.kept": "Guardado en este dispositivo hasta que vuelva la conexión",
  "sent.sent": "Enviado, a la espera del servidor",
  "sent.safe": "Guardado en el servidor",
  "sent.refused": "No aceptado",
  "level.embedded": "escrito en disco",
  "level.redis-memory": "guardado en memoria",
  "level.redis-disk": "escrito en disco",
  "level.redis-replicated": "guardado en varias máquinas",
};
