import { defineConfig, devices } from "@playwright/test";
import chromium from "@sparticuz/chromium";
import { env } from "./lib/env.ts";

/** That Chromium comes inside an npm package; a browser of the machine's own is used when CHROMIUM_PATH names it. */
const executablePath = env.CHROMIUM_PATH ?? (await chromium.executablePath());

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  // All journeys share one Production: two at a time would lift each other's controls.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  outputDir: "test-results/journeys",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: env.EVENKEEL_URL,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      // A container has no user namespaces for the sandbox, and root may not use it. No other protection is switched off.
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--use-angle=swiftshader"],
    },
  },
});
