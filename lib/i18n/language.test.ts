import { describe, expect, it } from "vitest"
import { languageOf } from "@/lib/i18n/language"

const asked = (accept: string, cookie?: string) =>
  languageOf(new Headers({ "accept-language": accept, ...(cookie && { cookie }) }))

describe("page language", () => {
  it("is the browser's most preferred supported one", () => {
    expect(asked("de-AT,de;q=0.9,en;q=0.8")).toBe("de")
    expect(asked("fr-FR, en;q=0.7, de;q=0.9")).toBe("de")
    expect(asked("en-GB, de;q=0.9")).toBe("en")
    expect(asked("DE")).toBe("de")
  })

  it("is the chosen one, if it is supported", () => {
    expect(asked("de", "sparkler.language=en")).toBe("en")
    expect(asked("en", "a=1; sparkler.language=de; b=2")).toBe("de")
    for (const cookie of [
      "sparkler.language=xx",
      "sparkler.language=",
      "sparkler.language=__proto__",
      "not.sparkler.language=de",
    ])
      expect(asked("en", cookie)).toBe("en")
  })

  it("is English when no supported language is requested", () => {
    for (const header of ["", "*", "fr", "de;q=0", ";;;", "x".repeat(10_000)]) expect(asked(header)).toBe("en")
  })
})
