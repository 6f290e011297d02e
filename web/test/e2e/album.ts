import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "@playwright/test";

const folder = fileURLToPath(new URL("../../../look/story/", import.meta.url));

/** Pictures of who sees what in each act of a story, and one sheet of them all. */
export class Album {
  readonly #acts: { title: string; pictures: { who: string; file: string; wide: boolean }[] }[] = [];

  constructor() {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Photographs pages at the same moment. */
  async act(title: string, pages: Readonly<Record<string, Page>>): Promise<void> {
    const n = String(this.#acts.length + 1).padStart(2, "0");
    const pictures = await Promise.all(
      Object.entries(pages).map(async ([who, page]) => {
        const file = `${folder}${n}-${who}.png`;
        await page.screenshot({ path: file });
        return { who, file, wide: (page.viewportSize()?.width ?? 0) > 600 };
      }),
    );
    this.#acts.push({ title, pictures });
  }

  /** Lays all pictures out, an act a row. */
  async compose(browser: Browser): Promise<void> {
    const cell = ({ who, file, wide }: { who: string; file: string; wide: boolean }): string => {
      const picture = readFileSync(file).toString("base64");
      return `<figure><img width="${wide ? 620 : 170}" src="data:image/png;base64,${picture}"><figcaption>${who}</figcaption></figure>`;
    };
    const rows = this.#acts.map(
      ({ title, pictures }, i) => `<h2>${i + 1}. ${title}</h2><div>${pictures.map(cell).join("")}</div>`,
    );
    const page = await browser.newPage({ viewport: { width: 2_700, height: 1_000 } });
    await page.setContent(
      `<style>body{margin:24px;background:#888;font:20px sans-serif}div{display:flex;gap:16px;align-items:end}
       figure{margin:0}figcaption{padding:4px 0;text-align:center}img{display:block}h2{margin:28px 0 8px}</style>${rows.join("")}`,
    );
    await page.screenshot({ path: `${folder}sheet.png`, fullPage: true });
    await page.close();
  }
}
