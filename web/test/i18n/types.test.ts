import { expect, test } from "vitest";
import type { Args, Translation } from "../../src/i18n/types.ts";

const source = { plain: "Plain", told: "{a} to {b}", counted: { one: "{n} of {a}", other: "{n} of {a}" } } as const;
type In<L extends "ar" | "en" | "es" | "fr" | "ru" | "zh"> = Translation<typeof source, L>;

// Each line below that must not compile says so; the type checker fails if one does.
test("the type checker holds a catalogue against its source", () => {
  const good: In<"es"> = {
    plain: "x",
    told: "{b} de {a}",
    counted: { one: "un {a}", many: "{n} {a}", other: "{n} {a}" },
  };
  const more: In<"zh"> = {
    ...good,
    counted: { other: "{n} {a}" },
    // @ts-expect-error: a key that English does not have
    extra: "x",
  };
  // @ts-expect-error: a key is missing
  const less: In<"zh"> = { plain: "x", told: "{a}{b}" };
  const nameless: In<"zh"> = {
    ...more,
    // @ts-expect-error: {b} is missing
    told: "{a}",
  };
  const formless: In<"ru"> = {
    ...good,
    // @ts-expect-error: Russian has few
    counted: { one: "{n} {a}", many: "{n} {a}", other: "{n} {a}" },
  };
  const formful: In<"zh"> = {
    ...more,
    // @ts-expect-error: Chinese has no one
    counted: { one: "{n} {a}", other: "{n} {a}" },
  };
  const dumb: In<"ru"> = {
    ...good,
    // @ts-expect-error: Russian's one is 21 as well, so it must say the number
    counted: { one: "{a}", few: "{n} {a}", many: "{n} {a}", other: "{n} {a}" },
  };
  // @ts-expect-error: {b} is not given
  const args: Args<(typeof source)["told"]> = [{ a: 1 }];
  expect([good, more, less, nameless, formless, formful, dumb, args]).toHaveLength(8);
});
