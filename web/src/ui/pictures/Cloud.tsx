import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/polls.ts";
import { type Box, pack, scaled } from "./pack.ts";

export interface CloudWord {
  readonly text: string;
  readonly count: number;
}

/** Sizes of letters: steps between the rarest and the most frequent, and how much larger that one is. */
const STEPS = 7;
const LARGEST = 3;
/** Of the box's own letters: no word is drawn smaller, the rarest stay away instead. */
const SMALLEST = 0.7;
/** The largest that letters may become, in letters of the box. */
const MOST = 7;

/**
 * Words as large as they are frequent. They are measured as the browser has drawn
 * them, so any script and any joining of letters is right; the same words in the
 * same box always stand in the same places.
 */
export function Cloud({ words }: { words: readonly CloudWord[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [left, setLeft] = useState(0);
  const sized = sizes(words);
  const key = sized.map((w) => `${w.size} ${w.text}`).join("\n");
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const draw = (): void => setLeft(layOut(element));
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [key]);
  return (
    <div class="cloud-box">
      <ul class="cloud" ref={list} dir="ltr">
        {sized.map(({ text, count, size }) => (
          <li key={text} style={{ "--size": String(size) }} data-loud={size > (1 + LARGEST) / 2 ? "" : undefined}>
            <span dir="auto" translate={false}>
              {text}
            </span>
            <span class="away"> {t("poll.people", { n: count })}</span>
          </li>
        ))}
      </ul>
      {left > 0 && <p class="soft">{t("cloud.more", { n: left })}</p>}
    </div>
  );
}

/** Larger words first, then by their letters: a count that barely moves moves no word. */
function sizes(words: readonly CloudWord[]): (CloudWord & { size: number })[] {
  const most = Math.max(1, ...words.map((w) => w.count));
  const step = (count: number): number => Math.round(Math.sqrt(count / most) * STEPS) / STEPS;
  return words
    .map((w) => ({ ...w, size: 1 + (LARGEST - 1) * step(w.count) }))
    .sort((a, b) => b.size - a.size || (a.text < b.text ? -1 : 1));
}

/** Places what fits at a size that can be read; says how many words had no room. */
function layOut(list: HTMLElement): number {
  const items = [...list.children] as HTMLElement[];
  for (const item of items) item.hidden = false;
  list.style.setProperty("--scale", "1");
  const own = Number.parseFloat(getComputedStyle(list).fontSize);
  const boxes: Box[] = items.map((item) => ({ width: item.offsetWidth, height: item.offsetHeight }));
  const frame = { width: list.clientWidth, height: list.clientHeight };
  if (own === 0 || frame.width === 0 || frame.height === 0) return 0;
  // Each word is placed among those before it alone: fewer words stand where they stood among all.
  const all = pack(boxes, frame.width / frame.height);
  const place = (n: number) => scaled(boxes.slice(0, n), all.slice(0, n), frame, MOST / LARGEST);
  let fit = boxes.length;
  let placed = place(fit);
  while (fit > 1 && placed.scale < SMALLEST) placed = place(--fit);
  list.style.setProperty("--scale", String(placed.scale));
  items.forEach((item, i) => {
    const at = placed.places[i];
    item.hidden = at === undefined;
    if (!at) return;
    item.style.setProperty("--x", `${at.x}px`);
    item.style.setProperty("--y", `${at.y}px`);
  });
  // A word that is new does not fly in from the corner where it was measured.
  requestAnimationFrame(() => {
    for (const item of items) item.dataset["placed"] = "";
  });
  return items.length - fit;
}
