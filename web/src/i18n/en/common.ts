/** English, the source of every other catalogue's type: {name} is a value, {n} picks the plural form. Words of every page. */
export const common = {
  "app.name": "Majlis",
  language: "Language",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  loading: "Loading…",
  more: "Show more",

  "line.live": "Live",
  "line.connecting": "Connecting…",
  "line.waiting": "Reconnecting…",
  "line.turn": "Connecting you in {seconds} s",
  "line.offline": "Offline, as of {time}",
  "line.ended": "Disconnected",
  "line.again": "Connect again",

  "sent.sending": "Sending…",
  "sent.kept": "Kept on this device until the line is back",
  "sent.sent": "Sent, waiting for the hub",
  "sent.safe": "Safe at the hub",
  "sent.refused": "Not accepted",
  "level.embedded": "written to disk",
  "level.redis-memory": "held in memory",
  "level.redis-disk": "written to disk",
  "level.redis-replicated": "held by several machines",
} as const;
