/** The page that opens an access link. */
export const enter = {
  "enter.title": "Opening your access link…",
  "enter.bad": "This access link does not work",
  "enter.bad.lead": "It may have ended or been withdrawn. Ask the organisers for a new one.",
  "enter.none": "There is no access link in this address.",
} as const;
