import { useEffect, useState } from "preact/hooks";

/** Milliseconds within which another place is drawn. */
const DRAWN_AFTER = 60;

const listeners = new Set<() => void>();

const place = (): string => location.pathname + location.hash;

/** The path and hash, with a new rendering whenever they change. */
export function usePlace(): { path: string; hash: string } {
  const [, render] = useState(place);
  useEffect(() => {
    const listen = (): void => render(place());
    listeners.add(listen);
    addEventListener("popstate", listen);
    addEventListener("hashchange", listen);
    return () => {
      listeners.delete(listen);
      removeEventListener("popstate", listen);
      removeEventListener("hashchange", listen);
    };
  }, []);
  return { path: location.pathname, hash: location.hash.slice(1) };
}

/** Goes to another place of the same page without loading it again. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  for (const listener of listeners) listener();
}

/** The onClick of a link that `go` can follow; a click with a modifier stays the browser's. */
export function follow(e: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || e.button !== 0) return;
  e.preventDefault();
  go(e.currentTarget.pathname + e.currentTarget.hash);
  scrollTo(0, 0);
  // Where one went is said first: its heading takes the focus once it is drawn.
  setTimeout(() => document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }), DRAWN_AFTER);
}

/** The part of a path behind its first segment, decoded: "/s/opening" → "opening". */
export function idOf(path: string): string {
  const raw = path.split("/")[2] ?? "";
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
