import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "./Button.tsx";
import { say } from "./say.ts";

export interface Toast {
  readonly id: number;
  readonly words: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Milliseconds a toast with a way back stays. */
const STAYS = 8_000;

let shown: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

/** Shows a sentence for eight seconds, with a way to take back what was done. */
export function toast(words: string, action?: Toast["action"]): void {
  const id = ++count;
  set([...shown.slice(-2), action ? { id, words, action } : { id, words }]);
  say(words);
  setTimeout(() => drop(id), STAYS);
}

/** Takes back the newest thing that can be, as if its button was pressed. False if there is none. */
export function undoLast(): boolean {
  const last = shown.findLast((one) => one.action);
  if (!last) return false;
  drop(last.id);
  last.action?.run();
  return true;
}

/** What is said aloud is said by `say`: this is for eyes, and a place to go to. */
export function Toasts(): ComponentChildren {
  const [toasts, render] = useState(shown);
  useEffect(() => {
    const listen = (): void => render(shown);
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
  if (toasts.length === 0) return null;
  return (
    <div class="toasts" role="status" aria-live="off">
      {toasts.map(({ id, words, action }) => (
        <div class="toast" key={id}>
          <span>{words}</span>
          {action && (
            <Button
              small
              icon="undo"
              onClick={() => {
                drop(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}

function drop(id: number): void {
  set(shown.filter((one) => one.id !== id));
}

function set(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}
