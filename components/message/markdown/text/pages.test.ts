import { expect, test } from "vitest"
import { linkPageReferences, pageFromLink } from "@/components/message/markdown/text/pages"

const pdf = { pages: 12, unit: "page" } as const

test.each([
  ["See page 3.", "See [page 3](#document-page-3)."],
  ["It says so (p. 12).", "It says so ([p. 12](#document-page-12))."],
  ["As told [page 2].", "As told [page 2](#document-page-2)."],
  ["Auf Seite 4 und S. 5", "Auf [Seite 4](#document-page-4) und [S. 5](#document-page-5)"],
  ["**Page 7**: more", "**[Page 7](#document-page-7)**: more"],
  // Not a page of the document, or not a page reference.
  ["page 13, page 0, page 3.5, page 3%", "page 13, page 0, page 3.5, page 3%"],
  ["homepage 3 and webpage 4", "homepage 3 and webpage 4"],
  ["`page 3` and $$page 3$$", "`page 3` and $$page 3$$"],
  ["[page 3](https://a.example/) https://a.example/page 3x", "[page 3](https://a.example/) https://a.example/page 3x"],
])("%s", (before, after) => {
  expect(linkPageReferences(before, pdf)).toBe(after)
})

test("slides are linked as slides, and without a document nothing changes", () => {
  expect(linkPageReferences("Slide 2", { pages: 3, unit: "slide" })).toBe("[Slide 2](#document-page-2)")
  expect(linkPageReferences("page 3", null)).toBe("page 3")
})

test("a link resolves to its page", () => {
  expect(pageFromLink("#m1-document-page-3")).toBe(3)
  expect(pageFromLink("#m1-fn-3")).toBeNull()
})
