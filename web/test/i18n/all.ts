import type { Message } from "../../src/i18n/types.ts";

/** All words of one language, by key. */
export type Catalogue = Record<string, Message>;

const parts = import.meta.glob<Record<string, Catalogue>>(
  "../../src/i18n/*/{base,desk,enter,extra,polldesk,polls,staff}.ts",
  {
    eager: true,
  },
);

export const catalogues: Record<string, Catalogue> = {};
for (const [path, part] of Object.entries(parts)) {
  const language = /\/(..)\/(?:base|desk|enter|extra|polldesk|polls|staff)\.ts$/.exec(path)?.[1] ?? path;
  catalogues[language] = Object.assign(catalogues[language] ?? {}, ...Object.values(part));
}

export const english: Catalogue = catalogues["en"] ?? {};

export const forms = (m: Message): [string, string][] => (typeof m === "string" ? [["", m]] : Object.entries(m));
export const names = (s: string): string[] => [...new Set(s.match(/\{\w+\}/g) ?? [])].sort();
