/** Finds a Chromium for the browser tests. */
import { existsSync } from "node:fs"
import path from "node:path"
import { PrepareError } from "./prepare.mjs"

// The shell is the same browser without its own windows: it takes half the processor time.
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** `CHROMIUM_PATH`, one on the PATH, or Playwright's own. Throws `PrepareError` that says how to get one. */
export async function findChromium() {
  const { CHROMIUM_PATH: named, PATH = "" } = process.env
  if (named) {
    if (existsSync(named)) return named
    throw new PrepareError(`CHROMIUM_PATH is wrong: there is no ${named}.`)
  }
  const onPath = NAMES.flatMap((name) => PATH.split(path.delimiter).map((folder) => path.join(folder, name)))
  const { chromium } = await import("@playwright/test")
  const found = [...onPath, ...PLACES, chromium.executablePath()].find((candidate) => existsSync(candidate))
  if (found) return found
  throw new PrepareError(
    "The browser tests need Chromium and there is none. Debian: apt-get install chromium-headless-shell (or chromium). Elsewhere: npx playwright install chromium. Or set CHROMIUM_PATH.",
  )
}
