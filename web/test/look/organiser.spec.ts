import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { axe } from "./axe.ts";
import { docs, FakeHub, serve } from "./fake.ts";
import { office, report, results } from "./organiser.data.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const NOW = Date.now();
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const desk: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } };
const dark: BrowserContextOptions = { colorScheme: "dark" };
const arabic: BrowserContextOptions = { locale: "ar" };

interface Shot {
  name: string;
  hash: string;
  options: BrowserContextOptions;
  act?: (page: Page) => Promise<void>;
  paper?: boolean;
}

const choose = async (page: Page, name = "waters-2026-v3.json"): Promise<void> => {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.waitForTimeout(200);
};
const unfold = async (page: Page): Promise<void> => {
  await page.locator(".ses-tools .button[aria-expanded]").first().click();
  const make = page.locator(".ses-links .button", { hasText: /Make|إنشاء/ });
  if ((await make.count()) > 0) await make.first().click();
};
const sheet = (page: Page): Promise<void> => page.locator(".filters > .button").click();
const made = async (page: Page): Promise<void> => {
  await page.locator(".new-pass .segments").nth(1).locator("label").nth(2).click();
  await page.locator(".new-pass > .button[data-look=primary]").click();
};

const shots: Shot[] = [
  { name: "upload", hash: "programme", options: desk },
  { name: "upload-phone-ar-dark", hash: "programme", options: { ...phone, ...dark, ...arabic } },
  { name: "preview", hash: "programme", options: desk, act: choose },
  { name: "preview-phone", hash: "programme", options: phone, act: choose },
  { name: "preview-ar-dark", hash: "programme", options: { ...desk, ...dark, ...arabic }, act: choose },
  { name: "refused", hash: "programme", options: desk, act: (page) => choose(page, "bad.xml") },
  {
    name: "applied",
    hash: "programme",
    options: phone,
    act: async (page) => {
      await choose(page);
      await page.locator(".apply .button[data-look=primary]").click();
    },
  },
  { name: "sessions", hash: "sessions", options: desk, act: unfold },
  { name: "sessions-phone", hash: "sessions", options: phone },
  { name: "sessions-phone-open", hash: "sessions", options: phone, act: unfold },
  { name: "sessions-ar-dark", hash: "sessions", options: { ...desk, ...dark, ...arabic }, act: unfold },
  { name: "sheet", hash: "sessions", options: desk, act: sheet },
  { name: "sheet-phone", hash: "sessions", options: phone, act: sheet },
  { name: "sheet-paper", hash: "sessions", options: { ...desk, ...dark }, act: sheet, paper: true },
  { name: "sheet-paper-ar", hash: "sessions", options: { ...desk, ...arabic }, act: sheet, paper: true },
  { name: "access", hash: "access", options: desk },
  { name: "access-made-dark", hash: "access", options: { ...desk, ...dark }, act: made },
  { name: "access-phone-ar", hash: "access", options: { ...phone, ...arabic } },
  {
    name: "access-revoke",
    hash: "access",
    options: { ...phone, ...dark },
    act: (page) => page.locator(".pass .button").first().click(),
  },
  {
    name: "results",
    hash: "results",
    options: desk,
    act: (page) => page.locator(".ses-tools .button").first().click(),
  },
  {
    name: "results-phone-ar-dark",
    hash: "results",
    options: { ...phone, ...dark, ...arabic },
    act: (page) => page.locator(".ses-tools .button").first().click(),
  },
  { name: "settings", hash: "settings", options: desk },
  { name: "settings-phone-dark", hash: "settings", options: { ...phone, ...dark } },
  { name: "settings-ar", hash: "settings", options: { ...desk, ...arabic } },
];

let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(here("../../dist")));
});
test.afterAll(() => void server.close());

for (const shot of shots) {
  test(`organiser-${shot.name}`, async ({ browser }) => {
    const context = await browser.newContext(shot.options);
    const page = await context.newPage();
    const complaints: string[] = [];
    const expected = shot.name === "refused" ? /422/ : /^$/;
    page.on("console", (m) => m.type() !== "log" && !expected.test(m.text()) && complaints.push(m.text()));
    page.on("pageerror", (e) => complaints.push(e.message));
    await new FakeHub(page, NOW, { ...docs(NOW, "moderator"), "conference/waters": { doc: office(NOW) } }).start();
    await rest(page);
    await page.goto(`${url}/o/waters#${shot.hash}`);
    await page.locator(".desk-panel").waitFor();
    await page.waitForTimeout(400);
    await shot.act?.(page);
    await page.waitForTimeout(300);
    if (shot.paper) await page.emulateMedia({ media: "print" });
    const fullPage = shot.options.isMobile === true || shot.paper === true;
    await page.screenshot({ path: here(`../../../look/organiser-${shot.name}.png`), fullPage });
    if (shot.paper) await page.pdf({ path: here(`../../../look/organiser-${shot.name}.pdf`), preferCSSPageSize: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const faults = shot.paper ? [] : await axe(page);
    await context.close();
    expect(complaints).toEqual([]);
    expect(faults).toEqual([]);
    if (!shot.paper) expect(wide, "pixels of sideways scroll").toBeLessThanOrEqual(0);
  });
}

async function rest(page: Page): Promise<void> {
  const link = `${url}/enter#${"eyJhbGciOiJIUzI1NiJ9".repeat(9)}`;
  await page.route("**/api/v1/conferences/waters/**", (route) => {
    const to = new URL(route.request().url());
    if (to.pathname.endsWith("/passes"))
      return route.fulfill({
        status: 201,
        json: { id: "x", link, role: "moderator", scope: "x", until: NOW + 2 * 86_400_000 },
      });
    if (to.searchParams.get("file")?.startsWith("bad"))
      return route.fulfill({
        status: 422,
        json: {
          type: "about:blank",
          title: "Not a programme that can be read",
          status: 422,
          code: "bad-programme",
          kind: "no-time",
          line: 118,
          detail:
            'line 118: the event has no start: neither a date nor a start with a time; write date="2026-12-01T10:00:00+01:00"',
        },
      });
    return route.fulfill({ json: { ...report(NOW), applied: to.searchParams.get("dry") !== "1" } });
  });
  await page.route("**/results.json", (route) => route.fulfill({ json: results }));
}
