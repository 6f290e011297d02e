/**
 * When to come, in milliseconds, if that is why no link could be opened. A
 * WebSocket that was refused does not say; the same address without an upgrade does.
 */
export async function askDoor(): Promise<number | undefined> {
  try {
    const answer = await fetch("/ws", { cache: "no-store" });
    const seconds = Number(answer.headers.get("Retry-After"));
    return (answer.status === 503 || answer.status === 429) && seconds > 0 ? seconds * 1_000 : undefined;
  } catch {
    return undefined;
  }
}
