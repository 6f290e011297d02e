import { defineConfig } from "@playwright/test";
import { chromium } from "../e2e/chromium.ts";

/** Sheets of all pages in all states, against a hub that is played: `make look`, or `npm run look -- -g stage`. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../sheet-results",
  reporter: "line",
  // One more than cores: a page whose line goes down takes five seconds to say so, and no work.
  workers: 3,
  fullyParallel: true,
  timeout: 900_000,
  use: { ...chromium, actionTimeout: 15_000, navigationTimeout: 15_000 },
});
