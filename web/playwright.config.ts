import { defineConfig } from "@playwright/test";
import { chromium } from "./test/e2e/chromium.ts";

/** Stories in a real browser against the real server: `npx playwright test` (after `make build`). */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "e2e-results",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { ...chromium, trace: "retain-on-failure" },
});
