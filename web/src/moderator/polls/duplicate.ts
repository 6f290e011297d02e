import { newID } from "../../live/newID.ts";
import { formOf, partsOf } from "../../model/pollform.ts";
import type { ListedPoll } from "../../model/polls.ts";

type Create = { type: string } & Record<string, unknown>;

/** The commands that make the same poll once more, as a draft, with the questions of a survey. */
export function duplicate(poll: Pick<ListedPoll, "id" | "poll">, questions: readonly ListedPoll[]): Create[] {
  const id = newID();
  return [create(poll, id), ...questions.map((q) => ({ ...create(q, newID()), in: id }))];
}

function create({ poll }: Pick<ListedPoll, "poll">, id: string): Create {
  const made = partsOf(formOf(poll));
  // What the hub took once is whole; only a text that was blanked may be missing.
  const parts = "parts" in made ? made.parts : { kind: poll.kind, title: poll.title };
  return { type: "poll.create", id, ...parts };
}
