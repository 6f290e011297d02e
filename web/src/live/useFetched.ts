import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api.ts";

export type Fetched<T> =
  | { readonly state: "loading" }
  | { readonly state: "here"; readonly value: T }
  | { readonly state: "failed"; readonly code: string };

const LOADING = { state: "loading" } as const;
/** Milliseconds before another try when the hub could not be reached at all. */
const AGAIN_AFTER = 4_000;

/**
 * Fetches once per key (undefined: not yet), and again while the hub cannot be
 * reached; every `every` milliseconds or up to half as much more, if given and
 * while the page is seen.
 */
export function useFetched<T>(key: string | undefined, fetch: (key: string) => Promise<T>, every?: number): Fetched<T> {
  const [last, setLast] = useState<{ key: string | undefined; result: Fetched<T> }>({ key, result: LOADING });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (key === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const settle = (result: Fetched<T>): void => {
      if (current) setLast({ key, result });
    };
    const failed = (error: unknown): void => {
      const code = error instanceof ApiError ? error.code : "internal";
      setLast((before) =>
        before.key === key && before.result.state === "here" ? before : { key, result: { state: "failed", code } },
      );
      if (code === "unreachable") again(AGAIN_AFTER);
    };
    const again = (ms: number): void => {
      if (current) timer = setTimeout(() => (document.hidden ? again(ms) : setAttempt((n) => n + 1)), ms);
    };
    const came = (value: T): void => {
      settle({ state: "here", value });
      if (every !== undefined) again(every * (1 + Math.random() / 2));
    };
    fetch(key).then(came, (error: unknown) => current && failed(error));
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, attempt]);
  return last.key === key ? last.result : LOADING;
}
