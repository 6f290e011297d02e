import type { screen as source } from "../en/screen.ts";
import type { Translation } from "../types.ts";

export const screen: Translation<typeof source, "es"> = {
  "screen.join": "Pregunte y vote",
  "screen.top": "Preguntas populares",
  "screen.now": "Respondiendo ahora",
  "screen.waiting": "La sesión empieza pronto",
  "screen.more": { one: "y {n} más", many: "y {n} más", other: "y {n} más" },
  "screen.nobody": "Envíe la primera pregunta",
  "screen.closed": "El espacio está cerrado",
};
