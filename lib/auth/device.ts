/** What a browser says of itself, as people would say it. */

export interface Device {
  /** A name; null where it is none that is known. */
  browser: string | null
  system: string | null
  /** It is held in a hand. */
  handheld: boolean
}

/** Characters of a user agent that are kept. */
export const MOST_CHARS = 300

/** In this order: most browsers name those that they descend from, too. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\b(?:Headless)?Chrome\/|\bCriOS\/|\bChromium\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
]

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
]

const named = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** Reads a `User-Agent` header. */
export function deviceOf(userAgent: string | null): Device {
  const text = userAgent?.slice(0, MOST_CHARS) ?? ""
  return {
    browser: named(BROWSERS, text),
    system: named(SYSTEMS, text),
    handheld: /\bMobile\b|\biPhone\b|\biPad\b|\bAndroid\b/.test(text),
  }
}
