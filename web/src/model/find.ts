import { roomName, type ScheduleDoc, type Slot } from "./schedule.ts";

export interface Filter {
  readonly query: string;
  /** A day's number; undefined for all. */
  readonly day: number | undefined;
  /** A room's id; empty for all. */
  readonly room: string;
}

/** The sessions that fit a filter. Who searches by words searches every day. */
export function find(all: readonly Slot[], doc: ScheduleDoc, { query, day, room }: Filter): Slot[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ session }) => {
    if (room !== "" && session.room !== room) return false;
    if (words.length === 0) return day === undefined || session.day === day;
    const texts = [session.title, session.subtitle, session.track, session.code, roomName(doc, session.room)];
    const hay = [...texts, ...(session.speakers ?? [])].join(" ").toLocaleLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/** Rooms as they are shown. */
export function rooms(doc: ScheduleDoc): { id: string; name: string }[] {
  return Object.entries(doc.room ?? {})
    .sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1))
    .map(([id, { name }]) => ({ id, name }));
}
