import { defineConfig } from "@playwright/test"
import type { Options } from "./e2e/support/fixtures"

const CI = Boolean(process.env.CI)

export default defineConfig<Options>({
  testDir: "e2e",
  outputDir: "test-results",
  // For two cores: while one worker waits as a person would, the others work. Takes a third less time than with two
  // workers.
  workers: 3,
  fullyParallel: true,
  forbidOnly: CI,
  // Under load, an automated browser can hit race conditions that no person does. Tests that needed a retry are listed
  // at the end.
  retries: CI ? 1 : 0,
  // A limit for tests that hang; a fully loaded machine is slow.
  timeout: 300_000,
  expect: {
    timeout: 30_000,
    // Other versions of Chromium smooth text slightly differently; a changed design token makes a larger difference.
    toHaveScreenshot: { threshold: 0.08, maxDiffPixelRatio: 0.004 },
  },
  // One platform: Chromium with the page's own fonts.
  snapshotPathTemplate: "{testDir}/visual/{arg}{ext}",
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    // Recording costs CPU time that two cores don't have: turned on to look into a failure.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Like Chromium with a window, so that both render identical images.
        "--font-render-hinting=slight",
      ],
    },
  },
  projects: [
    // The same story with the built-in demo model and with a server that speaks the Fireworks protocol.
    { name: "demo", testMatch: "story.spec.ts", use: { upstream: "demo" } },
    { name: "fireworks", use: { upstream: "fireworks" } },
  ],
})
