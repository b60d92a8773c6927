/** Font sizes in pixels ignore a larger default set in the browser: sizes must be rems or classes. */
import { expect, test } from "vitest"
import { sourcesOf } from "@/lib/i18n/source-scan.fixture"

test("no font size is in pixels", () => {
  const inPixels: string[] = []
  let sizes = 0
  for (const { file, text } of sourcesOf(["app", "components"])) {
    sizes += text.match(/\btext-\[[\d.]+rem\]/g)?.length ?? 0
    for (const [found] of text.matchAll(/\btext-\[[\d.]+px\]/g)) inPixels.push(`${file}: ${found}`)
  }
  expect(inPixels).toEqual([])
  expect(sizes).toBeGreaterThan(100)
})
