/** Debian's Firefox over WebDriver BiDi. Playwright drives builds of its own only, which can't be had everywhere. */
import { existsSync } from "node:fs"
import puppeteer, { type Browser } from "puppeteer-core"

const PLACES = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"]

/** Path of an installed Firefox; undefined when there is none. */
export const findFirefox = (): string | undefined => PLACES.find((place) => place && existsSync(place))

export const startFirefox = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    // A limit for what hangs: a busy machine takes half a minute.
    timeout: 120_000,
    // Without a screen it says that there is no mouse, and gets the page of a phone.
    extraPrefsFirefox: { "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6 },
  })
