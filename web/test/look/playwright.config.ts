import { defineConfig } from "@playwright/test";

/** Pictures of the built pages against a fake hub, for eyes: `npm run look [-- -g name]`, into look/. */
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
