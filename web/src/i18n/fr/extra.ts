import type { extra as source } from "../en/extra.ts";
import type { Translation } from "../types.ts";

export const extra: Translation<typeof source, "fr"> = {
  "words.from": "Traduit depuis la langue : {language}",
  "words.machine": "Traduit par une machine",
  "words.translated": "Traduit",
  "words.both": "Afficher le texte d’origine",
  "words.alone": "Masquer le texte d’origine",
  "react.label": "Réactions",
  "react.applause": "Applaudir",
  "react.heart": "Cœur",
  "react.laugh": "Rire",
  "react.surprise": "Surprise",
  "react.hand": "Lever la main",
  "pace.label": "Et le rythme ?",
  "pace.fast": "Trop vite",
  "pace.slow": "Trop lent",
  "pace.lost": "Je suis perdu",
  "pace.said": "C’est dit. Cela s’efface après une minute.",
  "ask.lang": "Langue de votre question",
  "ask.lang.auto": "Reconnue automatiquement",
};
