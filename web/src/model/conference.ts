/** What an organiser sees of topic conference/<id>; others see only the settings. */
export interface ConferenceDoc {
  readonly settings?: Readonly<Record<string, ConferenceSettings>>;
  readonly pass?: Readonly<Record<string, Pass>>;
  /** Lists of words that are held for a moderator, by language and part. Only how long they are. */
  readonly words?: Readonly<Record<string, { readonly lang: string; readonly n: number; readonly gone?: true }>>;
}

export interface ConferenceSettings {
  /** The join code; empty before the first programme. */
  readonly code: string;
  /** Boards open by themselves shortly before the programme's start. */
  readonly autoopen: boolean;
}

/** Roles that an access link can give, the mightiest last. */
export const passRoles = ["screen", "stage", "translator", "moderator", "organiser"] as const;
export type PassRole = (typeof passRoles)[number];

/** One access link. The link itself is nowhere: it is shown once, to who made it. */
export interface Pass {
  readonly role: string;
  readonly scope: string;
  readonly label?: string;
  readonly at: number;
  readonly until: number;
  readonly revoked?: number;
}

export type PassState = "good" | "ending" | "ended" | "revoked";

export interface ListedPass {
  readonly id: string;
  readonly pass: Pass;
  readonly state: PassState;
}

/** Milliseconds before its end in which a link is said to end soon: time enough to make another. */
const SOON = 24 * 3_600_000;

const BEFORE_ANY: ConferenceSettings = { code: "", autoopen: false };

export const officeOf = (doc: ConferenceDoc): ConferenceSettings => doc.settings?.["_"] ?? BEFORE_ANY;

export function passState(pass: Pass, now: number): PassState {
  if (pass.revoked !== undefined) return "revoked";
  if (pass.until <= now) return "ended";
  return pass.until - now <= SOON ? "ending" : "good";
}

export const isUsable = (state: PassState): boolean => state === "good" || state === "ending";

/** All access links: those that still open something first, the newest first among each. */
export function listedPasses(doc: ConferenceDoc, now: number): ListedPass[] {
  return Object.entries(doc.pass ?? {})
    .map(([id, pass]) => ({ id, pass, state: passState(pass, now) }))
    .sort(
      (a, b) =>
        Number(isUsable(b.state)) - Number(isUsable(a.state)) || b.pass.at - a.pass.at || (a.id < b.id ? 1 : -1),
    );
}

export type ScopeKind = "conference" | "room" | "session";

/** How far a link reaches: "room/plenary" is the room "plenary". Undefined for what this page does not know. */
export function readScope(scope: string): { kind: ScopeKind; id: string } | undefined {
  const [kind, id, more] = scope.split("/");
  if (!id || more !== undefined) return undefined;
  return kind === "conference" || kind === "room" || kind === "session" ? { kind, id } : undefined;
}
