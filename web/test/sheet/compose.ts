import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

export interface Picture {
  readonly file: string;
  readonly caption: string;
  readonly width: number;
}

export interface Row {
  readonly title: string;
  readonly pictures: readonly Picture[];
}

/** Lays pictures out under their headings, as one picture. */
export async function compose(browser: Browser, to: string, rows: readonly Row[], width: number): Promise<void> {
  const figure = ({ file, caption, width }: Picture): string =>
    `<figure><img width="${width}" src="data:image/jpeg;base64,${readFileSync(file).toString("base64")}">
     <figcaption>${caption}</figcaption></figure>`;
  const sections = rows.map(
    ({ title, pictures }) => `<section><h2>${title}</h2><div>${pictures.map(figure).join("")}</div></section>`,
  );
  const page = await browser.newPage({ viewport: { width, height: 1000 } });
  await page.setContent(
    `<style>body{margin:24px;background:#888;font:18px sans-serif;display:flex;flex-wrap:wrap;gap:12px 48px;align-items:start}
     section{max-width:100%}h2{margin:16px 0 8px}div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}figure{margin:0}
     figcaption{padding:4px 0;font-size:13px}img{display:block;max-height:1200px;object-fit:cover;object-position:top}</style>${sections.join("")}`,
  );
  await page.screenshot({ path: to, fullPage: true });
  await page.close();
}
