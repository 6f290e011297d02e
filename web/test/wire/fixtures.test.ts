import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isServerFrame, readFrames } from "../../src/wire/check.ts";
import type { ClientFrame } from "../../src/wire/frames.ts";

interface Fixture {
  name: string;
  /** A string is the message itself, as it is on the wire. */
  frame: unknown;
  ok: boolean;
}

/** The same files that the hub's own tests read, so the two cannot drift apart. */
function read(name: string): Fixture[] {
  return JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../hub/wire/testdata/${name}`, import.meta.url)), "utf8"),
  );
}

describe("server frames", () => {
  test.each(read("server.json"))("$name", ({ frame, ok }) => {
    const line = typeof frame === "string" ? frame : JSON.stringify(frame);
    const bad: string[] = [];
    const read = readFrames(line, (l) => bad.push(l));
    expect(read.length === 1 && bad.length === 0).toBe(ok);
  });
});

describe("client frames that this app sends", () => {
  const samples: ClientFrame[] = [
    { t: "hello", v: 1, device: "00112233445566778899aabbccddeeff" },
    { t: "watch", topic: "session/opening", role: "attendee" },
    {
      t: "watch",
      topic: "session/opening",
      role: "attendee",
      view: 3,
      epoch: "k3xq7mzd2nabcdef",
      offset: 1042,
      h: "9f3a01c25be0c4a1",
      mine: 1040,
    },
    { t: "unwatch", topic: "session/opening" },
    { t: "react", topic: "session/opening", kind: "applause" },
    { t: "beat" },
  ];
  const known = read("client.json").filter((f) => f.ok);
  test.each(samples)("$t is among the frames that the hub takes", (sample) => {
    expect(known.map((f) => f.frame)).toContainEqual(sample);
  });
});

test("a message of several frames keeps the good ones", () => {
  const bad: string[] = [];
  const frames = readFrames('{"t":"beat","at":1}\nnonsense\n{"t":"beat","at":2}\n', (l) => bad.push(l));
  expect(frames).toEqual([
    { t: "beat", at: 1 },
    { t: "beat", at: 2 },
  ]);
  expect(bad).toEqual(["nonsense"]);
});

test("names of Object.prototype are no frame types", () => {
  expect(isServerFrame({ t: "constructor" })).toBe(false);
  expect(isServerFrame(JSON.parse('{"t":"__proto__"}'))).toBe(false);
});
