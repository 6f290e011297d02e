/** When the story of the numbers begins. */
export const START = new Date("2026-12-01T09:00:00Z").getTime();

/** A hub with people who come, ask in waves, and one bad minute. The same each time. */
export function numbers(second: number, world: string) {
  const fresh = world === "restarted" && second > 500;
  const age = fresh ? second - 500 : second + 90_000;
  const wave = (period: number, at = second): number => (1 + Math.sin((2 * Math.PI * at) / period)) / 2;
  const noise = (n: number): number => ((second * 7919 + n * 104_729) % 1_000) / 1_000;
  const bad = world === "slow" && second > 780;
  const people = Math.round(4_200 * (1 - Math.exp(-second / 260)) + 300 * wave(400) + 20 * noise(1));
  const commands = Math.round(age * 40 + 900 * wave(180, age));
  return {
    at: START + second * 1_000,
    uptime: age,
    version: "0.9.0+ae6e66a",
    connections: { websocket: people, sse: Math.round(people / 40) },
    accepted: age * 4,
    closed: { client: age, "1012": 40, "4000": 3 },
    commands: {
      accepted: commands,
      again: Math.round(age / 9),
      refused: Math.round(age * 0.4),
      retried: bad ? Math.round((second - 780) / 2) : 0,
    },
    append: { p50: 1.4 + noise(2), p99: bad ? 410 + 300 * noise(3) : 6 + 9 * noise(3), samples: 400 },
    delivery: {
      p50: 12 + 6 * wave(180),
      p99: bad ? 1_400 + 900 * noise(4) : 42 + 40 * wave(180) * noise(4),
      samples: 90_000,
    },
    published: { frames: age * 18, bytes: age * 21_000 + 600_000 * wave(180, age), readers: age * 61_000 },
    catchups: { encoded: 312, shared: 20_411 },
    lost: 0,
    failed: 0,
    limited: bad ? { commands: 37, codes: 4 } : { commands: 2 },
    goroutines: 4_312,
    heap: 61_400_000 + 9_000_000 * wave(20),
    nodes: [
      { id: "a", name: "hall-1:8080", version: "1.4.0", connections: 2_412, ready: true },
      { id: "b", name: "hall-2:8080", version: "1.4.0", connections: 38, ready: false },
    ],
  };
}
