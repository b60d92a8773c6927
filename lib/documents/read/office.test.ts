import { describe, expect, test } from "vitest"
import { documentKindOf } from "@/lib/documents/kind"
import {
  bombFile,
  docxFile,
  EML,
  epubFile,
  HTML,
  misreportedSizeFile,
  odfFile,
  pptxFile,
  RTF,
  xlsxFile,
} from "@/lib/documents/read/office.fixture"
import { plainPdf } from "@/lib/documents/read/pdf.fixture"
import { readDocument } from "@/lib/documents/read/read"
import { DOCUMENT_KINDS, type DocumentKind, type ReadDocument } from "@/lib/documents/types"

async function read(kind: DocumentKind, bytes: Uint8Array): Promise<ReadDocument> {
  expect(documentKindOf(bytes)).toBe(kind)
  const { document, fault } = await readDocument(kind, bytes)
  if (!document) throw new Error(fault)
  return document
}

const whole = ({ pages }: ReadDocument) => pages.map(({ text }) => text).join("\n\n")

test("Word: headings, tables, emphasis", async () => {
  expect(whole(await read("docx", await docxFile()))).toBe(
    "# Report on birds\n\nThey are **many**\n\n| Bird | Count |\n| - | - |\n| Owl \\| barn | 3 |\n| Lark | 14 |\n\n## What follows\n\nParagraph number 1 is here.",
  )
})

test("Word: a long document in sections, complete", async () => {
  const { pages } = await read("docx", await docxFile(3_000))
  expect(pages.length).toBeGreaterThan(10)
  const text = whole({ pages, notes: [] })
  for (const number of [1, 1_500, 3_000]) expect(text).toContain(`Paragraph number ${number} is here.`)
  expect(Math.max(...pages.map((page) => page.text.length))).toBeLessThan(12_001)
})

test("Excel: sheets by name, dates as dates; macros are reported", async () => {
  const { pages, notes } = await read("xlsx", xlsxFile({ macros: true }))
  expect(pages).toEqual([
    {
      name: "Cities",
      text: "| Name | Size | Since |\n| --- | --- | --- |\n| City 1 | 0.5 | 2025-01-01 |\n| City 2 | 1.5 | 2025-01-01 |",
    },
    { name: "Notes", text: "| Only a note |\n| --- |" },
  ])
  expect(notes).toEqual([{ note: "macros" }])
})

test("Excel: a long sheet in sections that each start with the header row", async () => {
  const { pages } = await read("xlsx", xlsxFile({ rows: 20_000 }))
  expect(pages.length).toBeGreaterThan(40)
  for (const { text } of pages.slice(0, -1)) expect(text).toMatch(/^\| Name \| Size \| Since \|\n/)
  expect(pages[0]?.name).toMatch(/^Cities · 1–\d+$/)
  expect(pages.at(-2)?.text).toContain("City 20000 ")
})

test("PowerPoint: slides in order, titles, levels, tables, notes", async () => {
  const { pages, notes } = await read("pptx", pptxFile())
  expect(pages).toEqual([
    { name: "The first", text: "## The first\n\n- Point\n  - Below\n\n> Say hello" },
    { name: "The second", text: "## The second\n\n| Year | Sum |\n| --- | --- |\n| 2026 | 7 |" },
  ])
  expect(notes).toEqual([{ note: "images", count: 1 }])
})

test("OpenDocument: text, sheets, slides", async () => {
  expect(whole(await read("odt", odfFile("text")))).toBe(
    "# A letter\n\nDear  all, [a note]\n\n- one\n  - deeper\n\n| k | v |\n| --- | --- |",
  )
  const sheet = await read("ods", odfFile("spreadsheet"))
  expect(sheet.pages).toEqual([{ name: "Costs", text: "| Item | Price |\n| --- | --- |\n| Tea | 4 |" }])
  const slides = await read("odp", odfFile("presentation"))
  expect(slides.pages).toEqual([{ name: "Welcome", text: "## Welcome\n\nAll of you\n\n> smile" }])
  const secret = odfFile("text", { "META-INF/manifest.xml": "<m:manifest><m:encryption-data/></m:manifest>" })
  expect(await readDocument("odt", secret)).toEqual({ fault: "encrypted" })
})

test("EPUB: chapters in book order, without scripts", async () => {
  expect(await read("epub", epubFile())).toMatchObject({
    title: "A book",
    pages: [
      { name: "The beginning", text: "# The beginning\n\nIt was night." },
      { name: "The end", text: "# The end\n\nAll is *over*." },
    ],
  })
})

test("HTML: its text, with nothing loaded or run", async () => {
  const document = await read("html", Buffer.from(HTML))
  expect(whole(document)).toBe(
    "## Fruit\n\n| Kind | Price |\n| - | - |\n| Apple | 2 |\n\nSee [the list](https://example.com/).",
  )
  expect(document).toMatchObject({
    title: "Prices &amp; more",
    notes: [{ note: "javascript" }, { note: "images", count: 1 }],
  })
})

test("RTF: characters of all code pages, tables, nothing hidden", async () => {
  expect(whole(await read("rtf", Buffer.from(RTF, "latin1")))).toBe(
    "# Café report\n\nDash — and € sign. Привет\n\n| Name | Age |\n| --- | --- |\n| Ann | 30 |\n\nThe bold end.",
  )
})

test("mail: sender, recipients, date, subject; attachments are listed", async () => {
  const document = await read("eml", Buffer.from(EML))
  expect(document.notes).toEqual([{ note: "attachments", names: ["plan.zip"] }])
  expect(whole(document)).toBe(
    "# Grüße from Ann\n\n- **From:** Ann Müller <ann@firm.test>\n- **To:** Bob <bob@firm.test>\n- **Date:** 2026-11-29T10:00:00.000Z\n- **Attachments:** plan.zip\n\nHello **Bob**,\n\n- one",
  )
})

describe("bombs", () => {
  test.each([
    ["that says how large it is", bombFile(300), "bomb"],
    ["just below that, but too much all together", bombFile(61), "bomb"],
    ["that lies about it", misreportedSizeFile(100), "broken"],
  ])("one %s is rejected without unpacking it", async (_, bytes, fault) => {
    const before = process.memoryUsage()
    expect(await readDocument("docx", bytes)).toEqual({ fault })
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(20_000_000)
  })
})

describe("truncated files", async () => {
  const files: [DocumentKind, Uint8Array][] = [
    ["docx", await docxFile()],
    ["xlsx", xlsxFile()],
    ["pptx", pptxFile()],
    ["odt", odfFile("text")],
    ["epub", epubFile()],
  ]
  test.each(files)("%s is reported as broken, without a crash", async (kind, bytes) => {
    const cut = bytes.slice(0, Math.floor(bytes.length * 0.6))
    expect(documentKindOf(cut)).toBe(kind)
    expect(await readDocument(kind, cut)).toEqual({ fault: "broken" })
  })
})

test("random bytes make no reader throw", async () => {
  const noise = Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251)
  for (const kind of DOCUMENT_KINDS) {
    const { document, fault } = await readDocument(kind, noise)
    expect(document ?? fault, kind).toBeDefined()
  }
})

test("excessive nesting ends in an error or a text", async () => {
  const deep = `<!doctype html>${"<div>".repeat(100_000)}words`
  const { document, fault } = await readDocument("html", Buffer.from(deep))
  expect(document ? whole({ ...document }) : fault).toBeDefined()
})

describe("file type detection", () => {
  test.each<[string, Uint8Array, ReturnType<typeof documentKindOf>]>([
    ["nothing", new Uint8Array(), null],
    ["plain text", Buffer.from("Dear all,\n\nfrom: me to: you"), null],
    ["a log", Buffer.from("Date: 1\nFrom here it goes on\n"), null],
    ["CSV", Buffer.from("a,b\n1,2"), null],
    ["SVG", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`), null],
    ["XML", Buffer.from(`<?xml version="1.0"?><note/>`), null],
    ["Markdown with HTML in it", Buffer.from("# Title\n<html>"), null],
    ["an old Word file", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), "old_office"],
    [
      "one behind a password",
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.from("EncryptedPackage", "utf16le"),
      ]),
      "encrypted",
    ],
  ])("%s", (_, bytes, kind) => {
    expect(documentKindOf(bytes)).toBe(kind)
  })

  test("a PDF with leading bytes", async () => {
    expect(documentKindOf(Buffer.concat([Buffer.from("\r\n\r\n"), await plainPdf()]))).toBe("pdf")
  })
})
