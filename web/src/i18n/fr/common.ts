import type { common as source } from "../en/common.ts";
import type { Translation } from "../types.ts";

export const common: Translation<typeof source, "fr"> = {
  "app.name": "Majlis",
  language: "Langue",
  close: "Fermer",
  cancel: "Annuler",
  save: "Enregistrer",
  loading: "Chargement…",
  more: "Afficher plus",

  "line.live": "En direct",
  "line.connecting": "Connexion…",
  "line.waiting": "Reconnexion…",
  "line.turn": "Connexion dans {seconds} s",
  "line.offline": "Hors ligne, état à {time}",
  "line.ended": "Déconnecté",
  "line.again": "Se reconnecter",

  "sent.sending": "Envoi…",
  "sent.kept": "Conservé sur cet appareil jusqu’au retour de la connexion",
  "sent.sent": "Envoyé, en attente du serveur",
  "sent.safe": "Enregistré par le serveur",
  "sent.refused": "Refusé",
  "level.embedded": "écrit sur disque",
  "level.redis-memory": "gardé en mémoire",
  "level.redis-disk": "écrit sur disque",
  "level.redis-replicated": "gardé par plusieurs machines",
};
