import { expect, test } from "vitest"
import { boxesOf, hitsOn, mergeIntoSpans } from "@/components/documents/read-pages"

const page = {
  number: 3,
  text: "Hello big world\nnext line",
  boxes: [
    0, 5, 10, 10, 50, 10, 6, 3, 65, 10, 30, 10, 10, 5, 300, 10, 50, 10, 16, 4, 10, 30, 40, 10, 21, 4, 55, 30, 40, 10,
  ],
}

test("adjacent words on a line are merged, including the space between them", () => {
  expect(mergeIntoSpans(page)).toEqual([
    { text: "Hello big", x: 10, y: 10, width: 85, height: 10 },
    { text: "world", x: 300, y: 10, width: 50, height: 10 },
    { text: "next line", x: 10, y: 30, width: 85, height: 10 },
  ])
})

test("a search matches across line breaks and case, with the positions of its words", () => {
  const [hit] = hitsOn(page, " WORLD next ")
  expect(hit).toEqual({ page: 3, at: 10, length: 10 })
  expect(hit && boxesOf(page, hit)).toEqual([
    { x: 300, y: 10, width: 50, height: 10 },
    { x: 10, y: 30, width: 40, height: 10 },
  ])
  expect(hitsOn(page, "(")).toEqual([])
  expect(hitsOn(page, "  ")).toEqual([])
})
