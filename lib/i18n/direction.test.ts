import { expect, test } from "vitest"
import { directionOf } from "@/lib/i18n/direction"

test("a page has the text direction of its language", () => {
  expect(["en", "de-CH", "ar-EG", "he", "fa", "az-Arab", "ku-Latn", "ur-Latn"].map(directionOf)).toEqual([
    ...["ltr", "ltr", "rtl", "rtl", "rtl", "rtl", "ltr", "ltr"],
  ])
})
