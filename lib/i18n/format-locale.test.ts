import { describe, expect, it } from "vitest"
import { formatLocale } from "@/lib/i18n/format-locale"

describe("the locale of dates and numbers", () => {
  it("is the most wanted one that is known", () => {
    expect(formatLocale("de-AT,de;q=0.9,en;q=0.8")).toBe("de-AT")
    expect(formatLocale("en;q=0.5, fr-ca ;q=0.9")).toBe("fr-CA")
    expect(formatLocale("qq, pt-BR;q=0.8")).toBe("pt-BR")
  })

  it("is English where nothing usable is asked for", () => {
    for (const header of [null, "", "*", "de;q=0", "not a tag!", "x".repeat(10_000)])
      expect(formatLocale(header)).toBe("en")
  })
})
