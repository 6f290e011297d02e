import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Sizes in per cent of the largest, and how close is close enough. */
const SMALLEST = 30;
const CLOSE = 2;

/**
 * The largest text that fits its box: sets --fit (0.3 to 1) on the element. The
 * box must have a size of its own and hide what flows over.
 */
export function useFit<E extends HTMLElement = HTMLDivElement>(words: string): RefObject<E | null> {
  const box = useRef<E>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => search(element);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [words]);
  return box;
}

function search(element: HTMLElement): void {
  let low = SMALLEST;
  let high = 100;
  const fits = (size: number): boolean => {
    element.style.setProperty("--fit", String(size / 100));
    return element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1;
  };
  if (fits(high)) return;
  while (high - low > CLOSE) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}
