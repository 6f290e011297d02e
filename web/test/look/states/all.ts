import type { State } from "../state.ts";
import { attendee } from "./attendee.ts";
import { enter } from "./enter.ts";
import { moderator } from "./moderator.ts";
import { ops } from "./ops.ts";
import { organiser } from "./organiser.ts";
import { screen } from "./screen.ts";
import { stage } from "./stage.ts";
import { translate } from "./translate.ts";

/** Every page in each of its states. */
export const states: Readonly<Record<string, readonly State[]>> = {
  moderator,
  attendee,
  organiser,
  ops,
  screen,
  stage,
  translate,
  enter,
};
