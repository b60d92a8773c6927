import { expect, test } from "vitest"
import {
  formatRanges,
  pagesIn,
  pagesThatFit,
  parseRange,
  rangesOf,
  readingOf,
  roomFor,
  TOKENS_PER_PICTURE,
} from "@/lib/documents/fit"

const facts = { characters: 0, tokens: [100, 0, 300, 400], scanned: [2], notes: [] }
const pdf = { kind: "pdf", pages: 4, facts } as const

test("by default, pages with text are sent as text and scans as images", () => {
  expect(readingOf(pdf, { mode: "auto" })).toMatchObject({ text: [1, 3, 4], pictures: [2] })
  expect(readingOf(pdf, { mode: "text" })).toMatchObject({ text: [1, 2, 3, 4], pictures: [] })
  expect(readingOf(pdf, { mode: "pictures", range: [[2, 3]] })).toMatchObject({ text: [], pictures: [2, 3] })
  expect(readingOf(pdf, { mode: "both", range: [[4, 4]] })).toMatchObject({ text: [4], pictures: [4] })
  expect(readingOf({ ...pdf, kind: "docx" }, { mode: "pictures" }).pictures).toEqual([])
  const [text, both] = [readingOf(pdf, { mode: "text" }), readingOf(pdf, { mode: "both" })]
  expect(both.tokens - text.tokens).toBe(4 * TOKENS_PER_PICTURE)
})

test("how many pages fit, by tokens and by images", () => {
  expect(pagesThatFit(pdf, { mode: "text" }, 100_000)).toBe(4)
  expect(pagesThatFit(pdf, { mode: "text" }, 460)).toBe(3)
  expect(pagesThatFit(pdf, { mode: "text", range: [[3, 4]] }, 460)).toBe(1)
  expect(pagesThatFit(pdf, { mode: "pictures" }, 100_000, 2)).toBe(2)
  expect(pagesThatFit(pdf, { mode: "text" }, 10)).toBe(0)
})

test("documents get a share of the window that remains besides the answer", () => {
  expect(roomFor(100_000, 0)).toBe(60_000)
  expect(roomFor(100_000, 20_000)).toBe(48_000)
  expect(roomFor(100_000, 99_000)).toBe(30_000)
  expect(roomFor(null)).toBeGreaterThan(0)
})

test.each<[string, ReturnType<typeof parseRange>]>([
  ["", undefined],
  [
    "1-3, 7",
    [
      [1, 3],
      [7, 7],
    ],
  ],
  ["2–", [[2, 10]]],
  ["9 - 99", [[9, 10]]],
  ["3-1", null],
  ["0", null],
  ["11", null],
  ["two", null],
])("the range %j", (text, range) => {
  expect(parseRange(text, 10)).toEqual(range)
})

test("page ranges and page numbers are equivalent", () => {
  expect(
    pagesIn(
      [
        [2, 3],
        [3, 4],
        [9, 99],
      ],
      9,
    ),
  ).toEqual([2, 3, 4, 9])
  expect(formatRanges(rangesOf([2, 3, 4, 9]))).toBe("2–4, 9")
})
