import type { extra as source } from "../en/extra.ts";
import type { Translation } from "../types.ts";

export const extra: Translation<typeof source, "es"> = {
  "words.from": "Traducido del idioma: {language}",
  "words.machine": "Traducido por una máquina",
  "words.translated": "Traducido",
  "words.both": "Mostrar el texto original",
  "words.alone": "Ocultar el texto original",
  "react.label": "Reacciones",
  "react.applause": "Aplausos",
  "react.heart": "Corazón",
  "react.laugh": "Risa",
  "react.surprise": "Sorpresa",
  "react.hand": "Levantar la mano",
  "pace.label": "¿Qué tal el ritmo?",
  "pace.fast": "Muy rápido",
  "pace.slow": "Muy lento",
  "pace.lost": "Me he perdido",
  "pace.said": "Dicho. Se borra pasado un minuto.",
  "ask.lang": "Idioma de su pregunta",
  "ask.lang.auto": "Se reconoce solo",
};
