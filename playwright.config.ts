import { defineConfig } from "@playwright/test"
import type { Options } from "./e2e/support/fixtures"

const CI = Boolean(process.env.CI)

export default defineConfig<Options>({
  testDir: "e2e",
  outputDir: "test-results",
  // On two cores: while one waits for what a person would wait for, too, the others work. The whole takes a third less time than with two.
  workers: 3,
  fullyParallel: true,
  forbidOnly: CI,
  // On two cores a robot meets a moment that no person does; what needs its second try is named at the end.
  retries: CI ? 1 : 0,
  // A limit for what hangs; a machine at full load takes its time.
  timeout: 300_000,
  expect: {
    timeout: 30_000,
    // Another version of Chromium smooths letters a little otherwise; a token that changes is more than that.
    toHaveScreenshot: { threshold: 0.08, maxDiffPixelRatio: 0.004 },
  },
  // One platform: Chromium with the page's own fonts.
  snapshotPathTemplate: "{testDir}/visual/{arg}{ext}",
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    // Recording costs processor time that two cores do not have: asked for when a failure needs a closer look.
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
        // As Chromium with windows does it, so that both draw the same pictures.
        "--font-render-hinting=slight",
      ],
    },
  },
  projects: [
    // The same story with the built-in demo model and against a server that speaks the Fireworks protocol.
    { name: "demo", testMatch: "story.spec.ts", use: { upstream: "demo" } },
    { name: "fireworks", use: { upstream: "fireworks" } },
  ],
})
