import { defineConfig } from "@playwright/test";
import { chromium } from "../e2e/chromium.ts";

/** One contact sheet of all pages of the real server: `make look`. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../sheet-results",
  reporter: "line",
  workers: 1,
  timeout: 900_000,
  use: chromium,
});
