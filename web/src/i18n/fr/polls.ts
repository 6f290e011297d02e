import type { polls as source } from "../en/polls.ts";
import type { Translation } from "../types.ts";

export const polls: Translation<typeof source, "fr"> = {
  "polls.empty": "Pas encore de sondages",
  "polls.empty.lead": "Lorsqu’un sondage s’ouvre, il apparaît ici.",
  "poll.open": "Ouvert",
  "poll.closed": "Fermé",
  "poll.draft": "Brouillon",
  "poll.one": "Un seul choix",
  "poll.many": "De {min} à {max} choix",
  "poll.upto": "Jusqu’à {max} choix",
  "poll.exactly": "{max} choix exactement",
  "poll.submit": "Envoyer la réponse",
  "poll.change": "Changer la réponse",
  "poll.withdraw": "Retirer ma réponse",
  "poll.yours": "Votre réponse",
  "poll.in": "Votre réponse est enregistrée. Vous pouvez la changer tant que le sondage est ouvert.",
  "poll.hidden": "Les résultats sont masqués pour l’instant.",
  "poll.people": { one: "{n} réponse", many: "{n} de réponses", other: "{n} réponses" },
  "poll.leading": "Le plus choisi",
  "poll.peek": "Voir les résultats provisoires",
  "poll.results": "Résultats",
  "screen.vote": "Votez maintenant",
};
