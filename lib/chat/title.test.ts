import { expect, test } from "vitest"
import { draftTitle } from "@/lib/chat/title"

test("the draft title is the first words of the message, cut at a word boundary", () => {
  expect(draftTitle([{ type: "text", text: "Short  question\nhere" }])).toBe("Short question here")
  const long = draftTitle([{ type: "text", text: "word ".repeat(40) }])
  expect(long).toMatch(/^(word ){5,}word…$/)
  expect(long.length).toBeLessThanOrEqual(61)
  expect(draftTitle([{ type: "file", url: "/api/images/x", mediaType: "image/png", filename: "cat.png" }])).toBe(
    "cat.png",
  )
})
