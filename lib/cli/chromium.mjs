/** Finds a Chromium for the browser tests. */
import { existsSync } from "node:fs"
import path from "node:path"
import { PrepareError } from "./prepare.mjs"

// The headless shell is the same browser without a window system; it uses half the CPU time.
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/**
 * Looks at `CHROMIUM_PATH`, the PATH, and Playwright's own browser. Throws a `PrepareError` that explains how to
 * install one.
 */
export async function findChromium() {
  const { CHROMIUM_PATH: named, PATH = "" } = process.env
  if (named) {
    if (existsSync(named)) return named
    throw new PrepareError(`CHROMIUM_PATH is wrong: ${named} doesn't exist.`)
  }
  const onPath = NAMES.flatMap((name) => PATH.split(path.delimiter).map((folder) => path.join(folder, name)))
  const { chromium } = await import("@playwright/test")
  const found = [...onPath, ...PLACES, chromium.executablePath()].find((candidate) => existsSync(candidate))
  if (found) return found
  throw new PrepareError(
    "The browser tests need Chromium, which isn't installed. Debian: apt-get install chromium-headless-shell (or chromium). Elsewhere: npx playwright install chromium. Or set CHROMIUM_PATH.",
  )
}
