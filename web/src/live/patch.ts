import type { Doc, MineFrame, PatchFrame, Position } from "../wire/frames.ts";

/** A document and the place in history up to which it is known. */
export interface Track extends Position {
  readonly doc: Doc;
}

/**
 * What became of a frame: applied; passed over, because it is known already;
 * behind: something before it is missing; foreign: it belongs to another history.
 */
export type Verdict = "applied" | "passed" | "behind" | "foreign";

export const NOTHING: Track = { epoch: "", offset: 0, h: "", doc: bare() };

/**
 * The one rule by which a document and a person's own part follow the log: a
 * frame applies iff from ≤ offset < to, from 0 replaces. Entities that the frame
 * does not name, or that it repeats unchanged, keep their identity.
 */
export function advance(track: Track, frame: PatchFrame | MineFrame): { track: Track; verdict: Verdict } {
  const { epoch, to: offset, h } = frame;
  if (frame.from === 0) return { track: { epoch, offset, h, doc: replace(track.doc, frame.doc) }, verdict: "applied" };
  if (frame.epoch !== track.epoch) return { track, verdict: "foreign" };
  if (frame.to <= track.offset) return { track, verdict: "passed" };
  if (frame.from > track.offset) return { track, verdict: "behind" };
  return { track: { epoch, offset, h, doc: merge(track.doc, frame.doc) }, verdict: "applied" };
}

/** A map without a prototype, so that no id can hit one of Object's own names. */
function bare<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

function merge(doc: Doc, patch: Doc): Doc {
  const next = Object.assign(bare<Doc[string]>(), doc);
  for (const kind of Object.keys(patch)) {
    const changes = patch[kind] ?? {};
    const old = doc[kind] ?? {};
    const entities = Object.assign(bare<unknown>(), old);
    for (const id of Object.keys(changes)) {
      const entity = changes[id];
      if (entity === null) delete entities[id];
      else entities[id] = keep(old[id], entity);
    }
    next[kind] = entities;
  }
  return next;
}

/** The new document, holding on to every part that says the same as before. */
function replace(old: Doc, fresh: Doc): Doc {
  const next = bare<Doc[string]>();
  for (const kind of Object.keys(fresh)) {
    const entities = bare<unknown>();
    for (const [id, entity] of Object.entries(fresh[kind] ?? {})) {
      if (entity !== null) entities[id] = keep(old[kind]?.[id], entity);
    }
    next[kind] = keepKind(old[kind], entities);
  }
  return next;
}

function keepKind(old: Doc[string] | undefined, fresh: Doc[string]): Doc[string] {
  if (!old) return fresh;
  const ids = Object.keys(fresh);
  const same = ids.length === Object.keys(old).length && ids.every((id) => old[id] === fresh[id]);
  return same ? old : fresh;
}

/** Entities are small plain JSON, so their text decides whether they are the same. */
function keep(old: unknown, fresh: unknown): unknown {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}
