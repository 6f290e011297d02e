import type { State } from "../state.ts";

const page = (name: string, path: string, answer?: State["rest"]): State => ({
  name,
  path,
  seat: "attendee",
  there: ".empty",
  says: /401/,
  ...(answer && { rest: answer }),
});

export const enter: readonly State[] = [
  {
    ...page("a link that does not open", "/enter#x", () => ({ status: 401, json: { code: "bad-pass" } })),
    there: ".empty .button",
    usual: true,
  },
  page("on the way in", "/enter#x", () => "never"),
  page("no link", "/enter"),
];
