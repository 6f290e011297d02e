import { useEffect } from "preact/hooks";

/** Milliseconds of stillness after which the cursor leaves the picture. */
const STILL = 3_000;

/** No cursor, no sleep, F for the full screen; ?theme=light for bright rooms. */
export function useKiosk(): void {
  useEffect(() => {
    if (new URLSearchParams(location.search).get("theme") === "light")
      document.documentElement.dataset["theme"] = "light";
    const ends = [hideCursor(), stayAwake(), listenForF()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
}

function hideCursor(): () => void {
  const root = document.documentElement;
  let timer = setTimeout(() => root.setAttribute("data-still", ""), STILL);
  const moved = (): void => {
    root.removeAttribute("data-still");
    clearTimeout(timer);
    timer = setTimeout(() => root.setAttribute("data-still", ""), STILL);
  };
  addEventListener("pointermove", moved, { passive: true });
  return () => {
    clearTimeout(timer);
    removeEventListener("pointermove", moved);
  };
}

/** The lock is lost whenever the page is hidden, so it is asked for again. */
function stayAwake(): () => void {
  const ask = (): void => {
    if (document.visibilityState === "visible") void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}

function listenForF(): () => void {
  const pressed = (e: KeyboardEvent): void => {
    if (e.key.toLowerCase() !== "f" || e.ctrlKey || e.metaKey) return;
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
