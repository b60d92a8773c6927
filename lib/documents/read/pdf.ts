/**
 * PDF: each page's text with the positions of its words, and which pages are scans. JavaScript in it is never executed,
 * attachments are never opened.
 */
import { getDocumentProxy, getResolvedPDFJS } from "unpdf"
import { layOut, type Run } from "@/lib/documents/read/pdf-layout"
import { openPdfium, type Pdfium } from "@/lib/documents/read/pdfium"
import { Unreadable } from "@/lib/documents/read/unreadable"
import type { DocumentNote, ReadDocument, ReadPage } from "@/lib/documents/types"

export const MAX_PAGES = 500
/** A page with fewer characters counts as a scan. */
const SCANNED_BELOW = 20
/** Milliseconds after which no further page is started: returns what has been read so far. */
const MAX_MS = 60_000
/** Maximum number of characters kept per page. */
const MAX_OF_PAGE = 200_000

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>
type PdfPage = Awaited<ReturnType<Pdf["getPage"]>>

/** Throws `Unreadable`. */
export async function readPdf(bytes: Uint8Array, password?: string): Promise<ReadDocument> {
  const pdf = await opened(bytes, password)
  try {
    if (pdf.numPages > MAX_PAGES) throw new Unreadable("pages", pdf.numPages)
    const notes = await notesOf(pdf)
    if (isDamaged(bytes)) notes.push({ note: "damaged" })
    const { pages, unreadable } = await pagesOf(pdf)
    await findScanned(pages, bytes, password)
    if (pages.length < pdf.numPages) notes.push({ note: "cut", pages: pages.length })
    if (pages.length === unreadable.length) throw new Unreadable("broken")
    if (unreadable.length > 0) notes.push({ note: "unreadable", pages: unreadable })
    return { title: await titleOf(pdf), pages, notes }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

async function opened(bytes: Uint8Array, password: string | undefined): Promise<Pdf> {
  const { VerbosityLevel } = await getResolvedPDFJS()
  try {
    // pdf.js takes ownership of the buffer, so pass a copy.
    return await getDocumentProxy(bytes.slice(), {
      password,
      verbosity: VerbosityLevel.ERRORS,
      isEvalSupported: false,
      stopAtErrors: false,
    })
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException")
      throw new Unreadable(password === undefined ? "locked" : "wrong_password")
    throw new Unreadable("broken", error)
  }
}

async function pagesOf(pdf: Pdf): Promise<{ pages: ReadPage[]; unreadable: number[] }> {
  const pages: ReadPage[] = []
  const unreadable: number[] = []
  const began = performance.now()
  for (let number = 1; number <= pdf.numPages; number++) {
    if (performance.now() - began > MAX_MS) break
    try {
      const page = await pdf.getPage(number)
      pages.push(await readPage(page))
      page.cleanup()
    } catch {
      pages.push({ text: "" })
      unreadable.push(number)
    }
  }
  return { pages, unreadable }
}

async function readPage(page: PdfPage): Promise<ReadPage> {
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const runs = items.flatMap((item) => ("str" in item ? runOf(item, viewport.transform) : []))
  const { text, boxes } = layOut(upright(runs))
  const fields = await formOf(page)
  const whole = (fields ? `${text}\n\n${fields}` : text).slice(0, MAX_OF_PAGE)
  return { text: whole, boxes, width: viewport.width, height: viewport.height }
}

interface Turned extends Run {
  /** Quarter turns, clockwise. */
  turns: number
}

/**
 * A run on the page as displayed: `[a, b, c, d, e, f]` puts its baseline on the page, and the viewport turns the page
 * upright.
 */
function runOf(item: { str: string; width: number; height: number; transform: number[] }, view: number[]): Turned[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = item.transform
  const [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0] = view
  const [dx, dy] = [va * a + vc * b, vb * a + vd * b]
  const size = Math.hypot(va * c + vc * d, vb * c + vd * d) || item.height
  const [x, y] = [va * e + vc * f + ve, vb * e + vd * f + vf]
  if (!(size > 0) || item.str === "") return []
  const turns = ((Math.round(Math.atan2(dy, dx) / (Math.PI / 2)) % 4) + 4) % 4
  const along = item.width
  const shared = { text: item.str, size, turns }
  if (turns === 0) return [{ ...shared, x, y: y - size * 0.8, width: along, height: size }]
  if (turns === 2) return [{ ...shared, x: x - along, y: y - size * 0.2, width: along, height: size }]
  if (turns === 1) return [{ ...shared, x: x - size * 0.2, y, width: size, height: along }]
  return [{ ...shared, x: x - size * 0.8, y: y - along, width: size, height: along }]
}

/** Runs in the form `layOut` expects. Rotated text, such as a sideways table, is laid out in its reading direction. */
function upright(runs: Turned[]): Run[] {
  const counts = [0, 0, 0, 0]
  for (const { turns, text } of runs) counts[turns] = (counts[turns] ?? 0) + text.length
  const main = counts.indexOf(Math.max(...counts))
  // A few words along the edge of an upright page come last.
  return main === 0
    ? runs.toSorted((a, b) => Number(a.turns !== 0) - Number(b.turns !== 0))
    : runs.toSorted(inTurn(main))
}

const inTurn = (turns: number) => (a: Turned, b: Turned) => {
  if (turns === 1) return b.x - a.x || a.y - b.y
  if (turns === 3) return a.x - b.x || b.y - a.y
  return b.y - a.y || b.x - a.x
}

/** Form field values. */
async function formOf(page: PdfPage): Promise<string> {
  const annotations = await page.getAnnotations()
  const lines = annotations.flatMap((one: Record<string, unknown>) => {
    const { subtype, fieldName, fieldValue, checkBox, radioButton, exportValue, buttonValue, hidden } = one
    if (subtype !== "Widget" || hidden || typeof fieldName !== "string") return []
    const name = fieldName.replace(/\s+/g, " ").slice(0, 200)
    if (checkBox || radioButton) {
      const chosen = fieldValue === (exportValue ?? buttonValue) && fieldValue !== "Off"
      return chosen || checkBox ? [`- ${name}: ${chosen ? "☒" : "☐"}`] : []
    }
    const value = Array.isArray(fieldValue) ? fieldValue.join(", ") : fieldValue
    return typeof value === "string" && value.trim() ? [`- ${name}: ${value.trim()}`] : []
  })
  return lines.join("\n")
}

async function notesOf(pdf: Pdf): Promise<DocumentNote[]> {
  const [scripts, attached] = await Promise.all([
    pdf.hasJSActions().catch(() => false),
    pdf.getAttachments().catch(() => null),
  ])
  const names = Object.values<{ filename?: string }>(attached ?? {}).map(({ filename }) => filename ?? "")
  return [
    ...(scripts ? [{ note: "javascript" } as const] : []),
    ...(names.length > 0 ? [{ note: "attachments", names: names.slice(0, 50) } as const] : []),
  ]
}

/**
 * Whether the cross-reference table isn't where the end of the file says, or there is no end: whatever can be found is
 * read anyway.
 */
function isDamaged(bytes: Uint8Array): boolean {
  const end = latin1(bytes.subarray(-2_048))
  const place = /startxref\s+(\d+)\s+%%EOF/.exec(end)?.[1]
  if (place === undefined) return true
  // Offsets count from the header, which may come after other data.
  const header = Math.max(0, latin1(bytes.subarray(0, 1_024)).indexOf("%PDF-"))
  return ![Number(place), Number(place) + header].some((at) =>
    /^\s*(?:xref|\d+\s+\d+\s+obj)/.test(latin1(bytes.subarray(at, at + 40))),
  )
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes)

async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
  const title = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : ""
  return title.slice(0, 300) || undefined
}

/**
 * Marks the pages that are scans: almost no text, but something drawn. If pdf.js finds no text for lack of a character
 * map (old files in Chinese, Japanese, Korean), PDFium's text is used.
 */
async function findScanned(pages: ReadPage[], bytes: Uint8Array, password: string | undefined): Promise<void> {
  const bare = pages.flatMap((page, at) => (letters(page.text) < SCANNED_BELOW ? [{ page, at }] : []))
  if (bare.length === 0) return
  let pdfium: Pdfium
  try {
    pdfium = await openPdfium(bytes, password)
  } catch {
    // PDFium reads less of broken files than pdf.js does.
    return
  }
  try {
    for (const { page, at } of bare) {
      const found = pdfium.look(at)
      if (!found) continue
      page.width ??= found.width
      page.height ??= found.height
      if (letters(found.text) >= SCANNED_BELOW) page.text = found.text
      else page.scanned = found.objects > 0
    }
  } finally {
    pdfium.close()
  }
}

const letters = (text: string): number => text.replace(/\s+/g, "").length
