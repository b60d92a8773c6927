/** Debian's Firefox over WebDriver BiDi. Playwright only drives its own builds, which aren't available everywhere. */
import { existsSync } from "node:fs"
import puppeteer, { type Browser } from "puppeteer-core"

const PLACES = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"]

/** Path of an installed Firefox; undefined if there is none. */
export const findFirefox = (): string | undefined => PLACES.find((place) => place && existsSync(place))

export const startFirefox = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    // A limit for tests that hang: a busy machine takes half a minute.
    timeout: 120_000,
    // Without a screen, it reports that there is no mouse, and gets the phone layout.
    extraPrefsFirefox: { "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6 },
  })
