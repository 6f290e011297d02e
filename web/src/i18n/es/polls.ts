import type { polls as source } from "../en/polls.ts";
import type { Translation } from "../types.ts";

export const polls: Translation<typeof source, "es"> = {
  "polls.empty": "Aún no hay encuestas",
  "polls.empty.lead": "Cuando se abra una encuesta, aparecerá aquí.",
  "poll.open": "Abierta",
  "poll.closed": "Cerrada",
  "poll.draft": "Borrador",
  "poll.one": "Elija una opción",
  "poll.many": "Elija de {min} a {max}",
  "poll.upto": "Elija hasta {max}",
  "poll.exactly": "Elija {max}",
  "poll.submit": "Enviar la respuesta",
  "poll.change": "Cambiar la respuesta",
  "poll.withdraw": "Retirar mi respuesta",
  "poll.yours": "Su respuesta",
  "poll.in": "Su respuesta está registrada. Puede cambiarla mientras la encuesta esté abierta.",
  "poll.hidden": "Los resultados están ocultos por ahora.",
  "poll.people": { one: "{n} respuesta", many: "{n} de respuestas", other: "{n} respuestas" },
  "poll.leading": "La más elegida",
  "poll.peek": "Ver los resultados hasta ahora",
  "poll.results": "Resultados",
  "screen.vote": "Vote ahora",
};
