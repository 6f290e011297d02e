/** The hall's screen. */
export const screen = {
  "screen.join": "Ask and vote",
  "screen.top": "Top questions",
  "screen.now": "Being answered now",
  "screen.waiting": "The session begins soon",
  "screen.more": { one: "and {n} more", other: "and {n} more" },
  "screen.nobody": "Send the first question",
  "screen.closed": "The board is closed",
} as const;
