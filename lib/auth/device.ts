/** A readable description of a browser. */

export interface Device {
  /** A name; null if unknown. */
  browser: string | null
  system: string | null
  /** A phone or tablet. */
  handheld: boolean
}

/** Maximum number of characters of a user agent to store. */
export const MAX_CHARS = 300

/** The order matters: most browsers also name those they derive from. */
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

/** Parses a `User-Agent` header. */
export function deviceOf(userAgent: string | null): Device {
  const text = userAgent?.slice(0, MAX_CHARS) ?? ""
  return {
    browser: named(BROWSERS, text),
    system: named(SYSTEMS, text),
    handheld: /\bMobile\b|\biPhone\b|\biPad\b|\bAndroid\b/.test(text),
  }
}
