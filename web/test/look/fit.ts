import type { Page } from "@playwright/test";

/**
 * What does not fit on a page, a line each: sideways scroll, words that stick out of a box around
 * them, and words of the page (not of people) that are torn over two lines. Chinese may break anywhere.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const named = (e: Element): string =>
      `${e.tagName.toLowerCase()}.${e.className} "${e.textContent?.trim().slice(0, 40)}"`;
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`${wide} px of sideways scroll`);
    const high = document.documentElement.scrollHeight - innerHeight;
    if (high > 0 && document.querySelector(".hall")) found.push(`${high} px below a hall's screen`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || parent.closest(".away, option, noscript, .stars-full")) continue;
      const own = !parent.closest('[dir="auto"], bdi, [translate="no"], .code');
      for (const word of (node.textContent ?? "").matchAll(/[^\s\p{Script=Han}\p{P}]{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const rects = [...range.getClientRects()].filter((r) => r.width > 0);
        if (own && new Set(rects.map((r) => Math.round(r.top))).size > 1)
          found.push(`torn: ${word[0]} in ${named(parent)}`);
        for (let box: Element | null = parent; box && box !== document.body; box = box.parentElement) {
          const style = getComputedStyle(box);
          if (/auto|scroll/.test(style.overflowX)) break;
          if (style.display === "inline" || style.display === "contents") continue;
          // Words of people may be longer than the line that names them, if it says that they go on.
          if (!own && style.textOverflow === "ellipsis") break;
          const { left, right } = box.getBoundingClientRect();
          const out = Math.max(...rects.map((r) => Math.max(left - r.left, r.right - right)));
          if (out > 1) found.push(`${Math.round(out)} px of ${word[0]} out of ${named(box)}`);
          if (style.overflowX !== "visible") break;
        }
      }
    }
    return [...new Set(found)];
  });
}
