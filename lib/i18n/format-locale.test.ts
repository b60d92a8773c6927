import { describe, expect, it } from "vitest"
import { formatLocale } from "@/lib/i18n/format-locale"

describe("locale of dates and numbers", () => {
  it("is the most preferred one for the page's language", () => {
    expect(formatLocale("de-AT,de;q=0.9,en;q=0.8", "de")).toBe("de-AT")
    expect(formatLocale("fr-CA;q=0.9, en-GB;q=0.5", "en")).toBe("en-GB")
    expect(formatLocale("qq, de-CH;q=0.8", "de")).toBe("de-CH")
  })

  it("never mixes in another language, only the region's conventions", () => {
    expect(formatLocale("de-DE,de;q=0.9", "en")).toBe("en-DE")
    expect(formatLocale("fr", "de")).toBe("de")
    expect(new Intl.DateTimeFormat(formatLocale("de-DE", "en"), { month: "long" }).format(0)).toBe("January")
  })

  it("is the page's language when no usable one is requested", () => {
    for (const header of [null, "", "*", "de;q=0", "not a tag!", "x".repeat(10_000)])
      expect(formatLocale(header, "en")).toBe("en")
  })
})
