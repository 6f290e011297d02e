import type { screen as source } from "../en/screen.ts";
import type { Translation } from "../types.ts";

export const screen: Translation<typeof source, "fr"> = {
  "screen.join": "Posez vos questions et votez",
  "screen.top": "Questions populaires",
  "screen.now": "Réponse en cours",
  "screen.waiting": "La session commence bientôt",
  "screen.more": { one: "et {n} autre", many: "et {n} d’autres", other: "et {n} autres" },
  "screen.nobody": "Envoyez la première question",
  "screen.closed": "L’espace est fermé",
};
