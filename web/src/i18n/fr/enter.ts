import type { enter as source } from "../en/enter.ts";
import type { Translation } from "../types.ts";

export const enter: Translation<typeof source, "fr"> = {
  "enter.title": "Ouverture de votre lien d’accès…",
  "enter.bad": "Ce lien d’accès ne fonctionne pas",
  "enter.bad.lead": "Il a peut-être expiré ou été retiré. Demandez-en un nouveau aux organisateurs.",
  "enter.none": "Cette adresse ne contient pas de lien d’accès.",
};
