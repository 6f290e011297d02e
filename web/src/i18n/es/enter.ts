import type { enter as source } from "../en/enter.ts";
import type { Translation } from "../types.ts";

export const enter: Translation<typeof source, "es"> = {
  "enter.title": "Abriendo su enlace de acceso…",
  "enter.bad": "Este enlace de acceso no funciona",
  "enter.bad.lead": "Puede que haya caducado o se haya retirado. Pida uno nuevo a la organización.",
  "enter.none": "En esta dirección no hay ningún enlace de acceso.",
};
