import { expect, test } from "vitest"
import { directionOf } from "@/lib/i18n/direction"

test("a page runs the way that its language is written", () => {
  expect(["en", "de-CH", "ar-EG", "he", "fa", "az-Arab", "ku-Latn", "ur-Latn"].map(directionOf)).toEqual([
    ...["ltr", "ltr", "rtl", "rtl", "rtl", "rtl", "ltr", "ltr"],
  ])
})
