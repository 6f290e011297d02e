/**
 * Calls `poke` when the browser hints that the line may have been cut or mended.
 * A page restored from the back-forward cache fires pageshow only, and iOS
 * leaves dead sockets that look open, so all of them count.
 */
export function onWake(poke: () => void): () => void {
  const visible = (): void => {
    if (document.visibilityState === "visible") poke();
  };
  const shown = (e: PageTransitionEvent): void => {
    if (e.persisted) poke();
  };
  document.addEventListener("visibilitychange", visible);
  addEventListener("online", poke);
  addEventListener("offline", poke);
  addEventListener("pageshow", shown);
  return () => {
    document.removeEventListener("visibilitychange", visible);
    removeEventListener("online", poke);
    removeEventListener("offline", poke);
    removeEventListener("pageshow", shown);
  };
}
