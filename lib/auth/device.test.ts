import { expect, test } from "vitest"
import { deviceOf } from "@/lib/auth/device"

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"

test.each([
  [`${WINDOWS} ${CHROME} Safari/537.36 Edg/140.0.0.0`, "Edge", "Windows", false],
  [`${WINDOWS} ${CHROME} Safari/537.36`, "Chrome", "Windows", false],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux", false],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605", "Safari", "macOS", false],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604",
    "Safari",
    "iPhone",
    true,
  ],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${CHROME} Mobile Safari/537.36`, "Chrome", "Android", true],
  ["curl/8.5.0", "curl", null, false],
  ["<img src=x onerror=alert(1)>", null, null, false],
  [null, null, null, false],
])("%s", (userAgent, browser, system, handheld) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system, handheld })
})
