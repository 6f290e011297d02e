import { defineConfig } from "@playwright/test";

/** How the built pages behave, against a hub that is played. The pictures of it are made by test/sheet. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  reporter: "line",
  workers: 2,
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      chromiumSandbox: false,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
