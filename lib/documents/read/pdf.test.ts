import { describe, expect, test } from "vitest"
import {
  busyPdf,
  columnsPdf,
  encryptedPdf,
  formPdf,
  LEFT,
  plainPdf,
  RIGHT,
  rotatedPdf,
  scannedPdf,
} from "@/lib/documents/read/pdf.fixture"
import { layOut } from "@/lib/documents/read/pdf-layout"
import { drawPages } from "@/lib/documents/read/pdfium"
import { readDocument } from "@/lib/documents/read/read"
import type { ReadDocument } from "@/lib/documents/types"

async function read(bytes: Uint8Array, password?: string): Promise<ReadDocument> {
  const { document, fault } = await readDocument("pdf", bytes, password)
  if (!document) throw new Error(fault)
  return document
}

const pageText = ({ pages }: ReadDocument, number = 1) => pages[number - 1]?.text ?? ""

test("each page has its own text, headings are marked, and boxes match word positions", async () => {
  const { pages, notes } = await read(await plainPdf(3))
  expect(pages).toHaveLength(3)
  expect(notes).toEqual([])
  const [, second] = pages
  expect(second?.text).toMatch(/^# Chapter 2\n\nLine 1 of page 2 says the word2\.\nLine 2 of page 2/)
  expect(second).toMatchObject({ width: 595, height: 842 })
  const boxes = boxesOf(second)
  expect(boxes.map(({ word }) => word).slice(0, 4)).toEqual(["Chapter", "2", "Line", "1"])
  const [chapter, two] = boxes
  // Drawn at x = 50 with its baseline 42 points below the top edge.
  expect(chapter?.x).toBeCloseTo(50, 0)
  expect(chapter?.y).toBeLessThan(42)
  expect((chapter?.y ?? 0) + (chapter?.height ?? 0)).toBeGreaterThan(42)
  expect(two?.x).toBeGreaterThan((chapter?.x ?? 0) + (chapter?.width ?? 0))
})

function boxesOf(page: ReadDocument["pages"][number] | undefined) {
  const { boxes = [], text = "" } = page ?? {}
  return Array.from({ length: boxes.length / 6 }, (_, at) => {
    const [start = 0, length = 0, x = 0, y = 0, width = 0, height = 0] = boxes.slice(at * 6, at * 6 + 6)
    const [left, top, wide, high] = [x, y, width, height].map((tenths) => tenths / 10)
    return { word: text.slice(start, start + length), x: left, y: top, width: wide, height: high }
  })
}

test("two columns are read one after the other, below anything spanning both", async () => {
  const text = pageText(await read(await columnsPdf()))
  expect(text.split(/\n+/)).toEqual([expect.stringMatching(/^# A title that lies across/), ...LEFT, ...RIGHT])
})

test("table rows stay rows", () => {
  const runs = Array.from({ length: 6 }, (_, row) =>
    [0, 1, 2].map((cell) => ({
      text: `r${row}c${cell}`,
      x: 50 + cell * 150,
      y: 100 + row * 14,
      width: 30,
      height: 10,
      size: 10,
    })),
  ).flat()
  expect(layOut(runs).text.split("\n")[1]).toBe("r1c0 | r1c1 | r1c2")
})

test.each([90, 180, 270] as const)("a page rotated by %i degrees is read upright", async (turn) => {
  const document = await read(await rotatedPdf(turn))
  expect(pageText(document)).toBe(
    "First line of the turned page\nSecond line of the turned page\nThird line of the turned page",
  )
  const [first] = boxesOf(document.pages[0])
  expect(first?.width).toBeGreaterThan(first?.height ?? 0)
})

test("a page without text is an image; an empty one is not", async () => {
  const { pages } = await read(await scannedPdf())
  expect(pages.map(({ scanned }) => scanned === true)).toEqual([false, true, false])
})

test("form field values are read", async () => {
  const text = pageText(await read(await formPdf()))
  expect(text).toContain("- person.name: Jane Q. Public")
  expect(text).toContain("- agrees: ☒")
  expect(text).toContain("- pays: ☐")
})

test("JavaScript and attachments are reported", async () => {
  const { notes } = await read(await busyPdf())
  expect(notes).toEqual([{ note: "javascript" }, { note: "attachments", names: ["setup.exe"] }])
})

test("an encrypted PDF asks for its password, rejects a wrong one, and is read and rendered with the right one", async () => {
  const bytes = encryptedPdf("sésame")
  expect(await readDocument("pdf", bytes)).toEqual({ fault: "locked" })
  expect(await readDocument("pdf", bytes, "wrong")).toEqual({ fault: "wrong_password" })
  expect(pageText(await read(bytes, "sésame"))).toBe("These words are secret to whoever has no password.")
  const [picture] = await drawPages(bytes, [1], 300, "sésame")
  expect(picture).toMatchObject({ height: 300 })
})

test("500 pages are read, 501 are rejected with the number of pages", async () => {
  const { pages } = await read(await plainPdf(500, 2))
  expect(pages).toHaveLength(500)
  expect(pages[499]?.text).toContain("word500")
  expect(await readDocument("pdf", await plainPdf(501, 1))).toEqual({ fault: "pages", found: 501 })
})

describe("a truncated file", async () => {
  const whole = await plainPdf(10)
  test.each([0.999, 0.9, 0.7, 0.5, 0.3])("at %f is read as far as possible, or rejected", async (share) => {
    const { document, fault } = await readDocument("pdf", whole.slice(0, Math.floor(whole.length * share)))
    if (document) {
      expect(document.notes).toContainEqual(expect.objectContaining({ note: "damaged" }))
      for (const { text } of document.pages.filter((page) => page.text)) expect(text).toMatch(/^# Chapter \d+/)
    } else expect(fault).toBe("broken")
    // If only the index is lost, all pages are still there.
    if (share > 0.99) expect(document?.pages.filter(({ text }) => text)).toHaveLength(10)
  })
})

test("a file that only starts like a PDF is broken", async () => {
  expect(await readDocument("pdf", Buffer.from("%PDF-1.7\nnothing of it"))).toMatchObject({ fault: "broken" })
})

test("a page image has the requested size and its colors", async () => {
  const [page, none] = await drawPages(await scannedPdf(), [2, 99], 400)
  expect(page).toMatchObject({ width: 300, height: 400 })
  expect(none).toBeNull()
  const { default: sharp } = await import("sharp")
  const { data, info } = await sharp(page?.jpeg).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
  ]
  expect(at(75, 200)[0]).toBeGreaterThan(240)
  expect(at(75, 200)[2]).toBeLessThan(20)
  expect(at(225, 200)).toEqual([255, 255, 255])
})
