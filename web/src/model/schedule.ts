/** What everybody sees of topic schedule/<conference>. */
export interface ScheduleDoc {
  readonly conference?: Readonly<Record<string, Conference>>;
  readonly day?: Readonly<Record<string, Day>>;
  readonly room?: Readonly<Record<string, Room>>;
  readonly session?: Readonly<Record<string, Session>>;
  readonly announcement?: Readonly<Record<string, Announcement>>;
}

export interface Conference {
  readonly title: string;
  readonly zone: string;
  readonly start: number;
  readonly end: number;
  readonly version?: string;
  readonly url?: string;
}

export interface Day {
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

export interface Room {
  readonly name: string;
  readonly order: number;
}

export interface Session {
  readonly title: string;
  readonly subtitle?: string;
  readonly start: number;
  readonly end: number;
  readonly room: string;
  readonly day: number;
  readonly track?: string;
  readonly type?: string;
  readonly lang?: string;
  readonly speakers?: readonly string[];
  readonly state: "planned" | "cancelled";
  readonly was?: Was;
  readonly code: string;
}

/** What a move changed first, until the next import confirms it. */
export interface Was {
  readonly start?: number;
  readonly end?: number;
  readonly room?: string;
  readonly title?: string;
}

export interface Announcement {
  readonly text: string;
  readonly at: number;
  readonly until?: number;
  readonly room?: string;
  readonly session?: string;
  readonly urgent?: true;
}

export interface Slot {
  readonly id: string;
  readonly session: Session;
}

export const conferenceOf = (doc: ScheduleDoc): Conference | undefined => doc.conference?.["_"];
export const roomName = (doc: ScheduleDoc, id: string): string => doc.room?.[id]?.name ?? id;

/** Days by their number. */
export function days(doc: ScheduleDoc): { n: number; day: Day }[] {
  return Object.entries(doc.day ?? {})
    .map(([n, day]) => ({ n: Number(n), day }))
    .sort((a, b) => a.n - b.n);
}

/** All sessions by start, then by the rooms' order, then by id. */
export function slots(doc: ScheduleDoc): Slot[] {
  const order = (s: Session): number => doc.room?.[s.room]?.order ?? 0;
  return Object.entries(doc.session ?? {})
    .map(([id, session]) => ({ id, session }))
    .sort((a, b) => a.session.start - b.session.start || order(a.session) - order(b.session) || (a.id < b.id ? -1 : 1));
}

/** The day to open first: the one that is on, else the next, else the last. */
export function dayAt(doc: ScheduleDoc, now: number): number {
  const all = days(doc);
  const next = all.find(({ day }) => now < day.end);
  return (next ?? all.at(-1))?.n ?? 1;
}

const planned = (s: Slot): boolean => s.session.state === "planned";

/** What runs now, room by room. */
export function running(all: readonly Slot[], now: number): Slot[] {
  return all.filter((s) => planned(s) && s.session.start <= now && now < s.session.end);
}

/** What comes next: everything that starts at the next start, if it is within `within` milliseconds. */
export function upcoming(all: readonly Slot[], now: number, within: number): Slot[] {
  const later = all.filter((s) => planned(s) && s.session.start > now && s.session.start - now <= within);
  const first = later[0]?.session.start;
  return later.filter((s) => s.session.start === first);
}

/** Announcements that concern a session (its room, itself, or everybody) and still hold; urgent first, newest first. */
export function announcementsFor(
  doc: ScheduleDoc,
  session: string | undefined,
  now: number,
): { id: string; note: Announcement }[] {
  const room = session === undefined ? undefined : doc.session?.[session]?.room;
  return Object.entries(doc.announcement ?? {})
    .map(([id, note]) => ({ id, note }))
    .filter(({ note }) => note.until === undefined || note.until > now)
    .filter(({ note }) => session === undefined || concerns(note, session, room))
    .sort((a, b) => Number(b.note.urgent ?? false) - Number(a.note.urgent ?? false) || b.note.at - a.note.at);
}

function concerns(note: Announcement, session: string, room: string | undefined): boolean {
  if (note.session !== undefined) return note.session === session;
  return note.room === undefined || note.room === room;
}

/** What changed of a session, old value beside new. */
export interface Changes {
  readonly cancelled: boolean;
  readonly start?: number;
  readonly end?: number;
  readonly room?: string;
  readonly title?: string;
}

export function changesOf(s: Session): Changes {
  const was = s.was ?? {};
  return {
    cancelled: s.state === "cancelled",
    ...(was.start !== undefined && was.start !== s.start ? { start: was.start } : {}),
    ...(was.end !== undefined && was.end !== s.end ? { end: was.end } : {}),
    ...(was.room !== undefined && was.room !== s.room ? { room: was.room } : {}),
    ...(was.title !== undefined && was.title !== s.title ? { title: was.title } : {}),
  };
}

export const isChanged = (c: Changes): boolean => c.cancelled || c.start !== undefined || c.room !== undefined;

/**
 * A join code as people type or paste it: any case, with spaces or dashes, or a
 * whole link that ends in it. Signs that look alike are never in a code.
 */
export function readCode(input: string): string {
  const tail = /\/j\/([^/?#\s]+)/.exec(input)?.[1] ?? input;
  return tail
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .slice(0, CODE_LENGTH);
}

export const CODE_LENGTH = 6;
