import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { item } from "./data.ts";
import { docs, FakeHub, serve } from "./fake.ts";
import { office, report } from "./organiser.data.ts";

const NOW = Date.now();
let server: Server;
let url = "";

test.beforeAll(async () => {
  ({ server, url } = await serve(fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

async function open(page: Page, tab: string): Promise<FakeHub> {
  const hub = new FakeHub(page, NOW, { ...docs(NOW, "moderator"), "conference/waters": { doc: office(NOW) } });
  await hub.start();
  await page.goto(`${url}/o/waters#${tab}`);
  await page.locator(".desk-panel").waitFor();
  return hub;
}

test("nothing is applied before it was seen, and then once", async ({ page }) => {
  await open(page, "programme");
  const asked: string[] = [];
  await page.route("**/conferences/waters/programme?*", (route) => {
    asked.push(`${new URL(route.request().url()).searchParams.get("dry")} ${route.request().postData()}`);
    return route.fulfill({ json: { ...report(NOW), applied: true } });
  });
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "a b&c.json", mimeType: "application/json", buffer: Buffer.from('{"x":1}') });
  await expect(page.locator(".diff-chip").first()).toContainText("3 added");
  expect(asked).toEqual(['1 {"x":1}']);
  await page.getByRole("button", { name: "Apply to 10 sessions" }).click();
  await expect(page.getByRole("heading", { name: "The programme is in place" })).toBeVisible();
  expect(asked).toEqual(['1 {"x":1}', 'null {"x":1}']);
});

test("what was open before its time has results", async ({ page }) => {
  const later = { ...item(NOW, "closing"), live: false };
  const offered = page.locator(".ses", { hasText: "Closing" });
  let opened = false;
  await open(page, "results");
  await page.route("**/api/v1/sessions?*", (route) =>
    route.fulfill({ json: { items: [{ ...later, opened }], next: null } }),
  );
  await page.reload();
  await expect(page.locator(".ses").first()).toBeVisible();
  await expect(offered).toHaveCount(0);
  opened = true;
  await page.reload();
  await expect(offered).toHaveCount(1);
});

test("an access link is withdrawn only after a second press", async ({ page }) => {
  const hub = await open(page, "access");
  await page.getByRole("button", { name: "Withdraw" }).first().click();
  expect(hub.commands).toEqual([]);
  await page.getByRole("button", { name: "Withdraw for good" }).click();
  await expect
    .poll(() => hub.commands.map((c) => [c.topic, c.cmd]))
    .toEqual([["conference/waters", { type: "pass.revoke", id: "01JB0000000000000000000003" }]]);
});

test("a new access link says what was asked for, and shows the link once", async ({ page }) => {
  await open(page, "access");
  let wanted: unknown;
  await page.route("**/conferences/waters/passes", (route) => {
    wanted = route.request().postDataJSON();
    return route.fulfill({ status: 201, json: { id: "x", link: `${url}/enter#abc`, role: "", scope: "", until: NOW } });
  });
  const make = page.getByRole("button", { name: "Make access link" });
  await expect(make).toBeDisabled();
  await page.getByLabel("Session", { exact: true }).last().selectOption("aquifer");
  await page.getByLabel("For whom").fill("  Ana  ");
  await make.click();
  await expect(page.locator(".link-box input")).toHaveValue(`${url}/enter#abc`);
  expect(wanted).toEqual({ role: "moderator", scope: "session/aquifer", hours: 72, label: "Ana" });
});

test("settings and announcements are commands on their topics", async ({ page }) => {
  const hub = await open(page, "settings");
  await page.getByRole("switch").uncheck();
  await page.getByLabel("What should people know?").fill("Doors close at six.");
  await page.getByLabel("For", { exact: true }).selectOption("majlis");
  await page.getByRole("button", { name: "Post" }).click();
  await page.getByRole("button", { name: "Withdraw" }).first().click();
  await expect.poll(() => hub.commands.length).toBe(3);
  const [set, post, withdraw] = hub.commands;
  expect(set).toMatchObject({ topic: "conference/waters", cmd: { type: "settings.set", autoopen: false } });
  expect(post).toMatchObject({
    topic: "schedule/waters",
    cmd: { type: "announcement.post", text: "Doors close at six.", room: "majlis" },
  });
  expect(Object.keys(post?.cmd ?? {}).sort()).toEqual(["id", "room", "text", "type", "until"]);
  expect(withdraw?.cmd).toEqual({ type: "announcement.withdraw", id: "01JA0000000000000000000001" });
});

test.describe("in French", () => {
  test.use({ locale: "fr" });

  test("a file that cannot be read is refused in the reader's words, with the hub's own beside", async ({ page }) => {
    await open(page, "programme");
    await page.route("**/conferences/waters/programme?*", (route) =>
      route.fulfill({
        status: 422,
        json: { code: "bad-programme", kind: "encoding", line: 7, detail: "line 7: the file is not UTF-8 here" },
      }),
    );
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "a.xml", mimeType: "text/xml", buffer: Buffer.from("<x/>") });
    const refusal = page.locator(".banner");
    await expect(refusal).toContainText("Ligne 7");
    await expect(refusal).toContainText("Le texte de ce fichier n’est pas encodé en UTF-8.");
    await expect(refusal.locator("[lang=en]")).toHaveText("the file is not UTF-8 here");
  });
});
