/** OpenDocument: text documents, spreadsheets, and presentations. */
import { officeNotes } from "@/lib/documents/read/docx"
import { blocks, headingOf, tableOf } from "@/lib/documents/read/markdown"
import { piecesOf } from "@/lib/documents/read/pages"
import { Unreadable } from "@/lib/documents/read/unreadable"
import { sheetPages } from "@/lib/documents/read/xlsx"
import { allOf, childOf, type Element, elementsOf, parseXml, textIn } from "@/lib/documents/read/xml"
import type { Package } from "@/lib/documents/read/zip"
import type { DocumentKind, ReadDocument, ReadPage } from "@/lib/documents/types"

/** A few bytes can declare that a cell or a row repeats a million times. */
const MAX_CELLS_OF_ROW = 1_000
const MAX_ROWS = 100_000

export function readOdf(kind: DocumentKind, parts: Package): ReadDocument {
  const manifest = parts.text("META-INF/manifest.xml") ?? ""
  if (/<(?:\w+:)?encryption-data/.test(manifest)) throw new Unreadable("encrypted")
  const content = parts.text("content.xml")
  if (content === null) throw new Unreadable("broken")
  const body = childOf(parseXml(content), "body")
  const [main] = body ? elementsOf(body).filter(({ name }) => BODIES.has(name)) : []
  if (!main) throw new Unreadable("broken")
  return { pages: pagesOf(kind, main), notes: officeNotes(parts, /^Pictures\//) }
}

const BODIES: ReadonlySet<string> = new Set(["text", "spreadsheet", "presentation", "drawing"])

function pagesOf(kind: DocumentKind, main: Element): ReadPage[] {
  if (kind === "ods")
    return [...allOf(main, "table")].flatMap((table) => sheetPages(table.attributes.name ?? "", rowsOf(table)))
  if (kind === "odp") return [...allOf(main, "page")].map(slidePage)
  return piecesOf(blocks(...elementsOf(main).map((element) => blockOf(element))))
}

function slidePage(page: Element): ReadPage {
  const notes = childOf(page, "notes")
  const shown = elementsOf(page).filter((child) => child !== notes)
  const titled = shown.find(({ attributes }) => attributes.class === "title")
  const title = titled ? paragraphs(titled).join(" ") : ""
  const name = title || page.attributes.name
  const said = notes ? paragraphs(notes).map((line) => `> ${line}`) : []
  const texts = shown.filter((child) => child !== titled).map((child) => blockOf(child))
  return { ...(name && { name }), text: blocks(title && headingOf(2, title), ...texts, said.join("\n")) }
}

const paragraphs = (element: Element): string[] =>
  elementsOf(element).flatMap((child) =>
    child.name === "p" || child.name === "h" ? [inline(child)].filter(Boolean) : paragraphs(child),
  )

/** An element as Markdown: a heading, a paragraph, a list, a table, or the contents of a frame or section. */
function blockOf(element: Element, depth = 0): string {
  if (element.name === "h") return headingOf(Number(element.attributes["outline-level"] ?? 1), inline(element))
  if (element.name === "p")
    return blocks(inline(element), ...[...allOf(element, "text-box")].map((box) => blockOf(box)))
  if (element.name === "list") return listOf(element, depth)
  if (element.name === "table") return tableOf(rowsOf(element))
  if (SILENT.has(element.name)) return ""
  return blocks(...elementsOf(element).map((child) => blockOf(child, depth)))
}

/** Tracked changes, formatting, and the sources of indexes. */
const SILENT: ReadonlySet<string> = new Set([
  "tracked-changes",
  "sequence-decls",
  "forms",
  "annotation",
  "notes",
  "image",
])

const listOf = (list: Element, depth: number): string =>
  elementsOf(list)
    .map((item) =>
      elementsOf(item)
        .map((child) => (child.name === "list" ? listOf(child, depth + 1) : `${"  ".repeat(depth)}- ${inline(child)}`))
        .join("\n"),
    )
    .join("\n")

function rowsOf(table: Element): string[][] {
  const rows: string[][] = []
  for (const row of allOf(table, "table-row")) {
    const cells: string[] = []
    for (const cell of elementsOf(row)) {
      if (cell.name !== "table-cell" && cell.name !== "covered-table-cell") continue
      const text = paragraphs(cell).join(" ")
      const times = Number(cell.attributes["number-columns-repeated"] ?? 1)
      const room = MAX_CELLS_OF_ROW - cells.length
      cells.push(...Array.from({ length: Math.min(times, room, text ? room : 100) }, () => text))
    }
    const empty = cells.every((text) => text === "")
    const times = Number(row.attributes["number-rows-repeated"] ?? 1)
    const most = empty ? 1 : Math.min(times, 1_000, MAX_ROWS - rows.length)
    for (let at = 0; at < most; at++) rows.push(cells)
  }
  return rows
}

/** A paragraph on one line. Notes follow it in brackets. */
const inline = (element: Element): string =>
  element.children
    .map((child) => {
      if (typeof child === "string") return child.replace(/\s+/g, " ")
      if (child.name === "s") return " ".repeat(Math.min(80, Number(child.attributes.c ?? 1)))
      if (child.name === "tab" || child.name === "line-break") return " "
      if (child.name === "note") return ` [${textIn(childOf(child, "note-body") ?? child).trim()}]`
      return SILENT.has(child.name) || child.name === "text-box" ? "" : inline(child)
    })
    .join("")
    .trim()
