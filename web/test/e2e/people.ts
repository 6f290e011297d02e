import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: "en" };
export const desk: BrowserContextOptions = { viewport: { width: 1600, height: 1000 }, locale: "en" };
export const hall: BrowserContextOptions = { viewport: { width: 1920, height: 1080 }, locale: "en" };

/** How somebody comes in: with sockets, or behind a wall that lets none pass. */
export type Line = "websocket" | "events";

/** Opens a page as somebody of their own; errors in the page fail the test. */
export async function enter(browser: Browser, url: string, as: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(as)).newPage();
  page.on("pageerror", (e) => {
    throw e;
  });
  await page.goto(url);
  return page;
}

/** Waits until something is seen and notes how long that took after the deed. */
export async function soon(what: string, deed: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<void> {
  const start = Date.now();
  await deed();
  await seen();
  const took = Date.now() - start;
  test.info().annotations.push({ type: what, description: `${took} ms` });
  console.log(`    ${what}: ${took} ms`);
}

/** The question with these words on a page. */
export const question = (page: Page, words: string) => page.locator("article", { hasText: words });

export const sees = (page: Page, words: string) => expect(page.getByText(words).first()).toBeVisible();
