import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { calm } from "../model/questions.ts";

/** Milliseconds: how long after a touch a list is in use, and the least time between two re-sorts. */
const IN_USE = 3_000;
const APART = 2_000;
const LOOK_EVERY = 500;

interface Calm {
  readonly order: readonly string[];
  /** How many changes wait to be shown. */
  readonly waiting: number;
  readonly update: () => void;
}

/**
 * An order that does not jump under the finger: it follows the ideal one only
 * while nobody touches, scrolls or has the focus in the list, and at most every
 * two seconds; else it waits. `key` names the kind of order: another one is
 * shown at once.
 */
export function useCalmOrder(ideal: readonly string[], key: string, list: RefObject<HTMLElement | null>): Calm {
  const [shown, setShown] = useState<{ key: string; ids: readonly string[] }>({ key, ids: ideal });
  const touched = useTouch(list);
  const sorted = useRef(0);
  const current = shown.key === key && shown.ids.length > 0 ? shown.ids : ideal;
  const { order, waiting } = calm(current, ideal);
  const update = (): void => {
    sorted.current = Date.now();
    setShown({ key, ids: ideal });
  };
  useEffect(() => {
    if (shown.key !== key || (ideal.length > 0 && shown.ids.length === 0)) return update();
    if (waiting === 0) return;
    const look = (): void => {
      const now = Date.now();
      if (now - sorted.current >= APART && now - touched.current >= IN_USE && !focusIn(list.current)) update();
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  });
  return { order, waiting, update };
}

/** When the list was last touched or the page scrolled. */
function useTouch(list: RefObject<HTMLElement | null>): { current: number } {
  const touched = useRef(0);
  useEffect(() => {
    const touch = (): void => {
      touched.current = Date.now();
    };
    const within = (e: Event): void => {
      if (e.target instanceof Node && list.current?.contains(e.target)) touch();
    };
    const passive = { passive: true };
    for (const type of ["pointerdown", "pointermove", "keydown"]) addEventListener(type, within, passive);
    addEventListener("scroll", touch, passive);
    return () => {
      for (const type of ["pointerdown", "pointermove", "keydown"]) removeEventListener(type, within);
      removeEventListener("scroll", touch);
    };
  }, []);
  return touched;
}

/** Focus by keyboard counts; the focus that a tap leaves behind does not. */
function focusIn(list: HTMLElement | null): boolean {
  const active = document.activeElement;
  return active !== null && list?.contains(active) === true && active.matches(":focus-visible");
}
