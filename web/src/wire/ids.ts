const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new ULID: 10 signs of milliseconds, 16 of chance. Works without https, unlike crypto.randomUUID. */
export function newID(now: number = Date.now()): string {
  let time = "";
  for (let rest = now, i = 0; i < 10; i++) {
    time = BASE32.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const chance = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(chance, (b) => BASE32.charAt(b % 32)).join("");
}

/** A device: this tab with its outbox, 16 random bytes as 32 hexadecimal digits. */
export function newDevice(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
