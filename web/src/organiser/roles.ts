import { t } from "../i18n/staff.ts";

/** What a pass's role is called. One that this page does not know keeps its own name. */
export function roleWords(role: string): string {
  switch (role) {
    case "moderator":
    case "stage":
    case "translator":
    case "screen":
    case "organiser":
      return t(`role.${role}`);
    default:
      return role;
  }
}
