/** Reads a document, in a worker thread: its contents may be long, or malicious. */
import { readDocx } from "@/lib/documents/read/docx"
import { readEml } from "@/lib/documents/read/eml"
import { readEpub } from "@/lib/documents/read/epub"
import { readHtml } from "@/lib/documents/read/html"
import { readOdf } from "@/lib/documents/read/odf"
import { piecesOf } from "@/lib/documents/read/pages"
import { readPdf } from "@/lib/documents/read/pdf"
import { readPptx } from "@/lib/documents/read/pptx"
import { readRtf } from "@/lib/documents/read/rtf"
import { Unreadable, type UnreadableReason } from "@/lib/documents/read/unreadable"
import { readXlsx } from "@/lib/documents/read/xlsx"
import { Package } from "@/lib/documents/read/zip"
import type { DocumentKind, ReadDocument } from "@/lib/documents/types"
import { estimateTokens } from "@/lib/messages/tokens"

/** Maximum number of pieces of a document without pages. */
const MAX_PIECES = 2_000

export type Reading =
  | { document: ReadDocument; tokens: number[]; fault?: undefined }
  | { document?: undefined; fault: UnreadableReason; found?: number }

/** A document as text, or why it can't be read. */
export async function readDocument(kind: DocumentKind, bytes: Uint8Array, password?: string): Promise<Reading> {
  try {
    const document = await readers[kind](bytes, password)
    const pages = document.pages.slice(0, MAX_PIECES).map((page) => ({ ...page, text: page.text.toWellFormed() }))
    if (pages.length < document.pages.length) document.notes.push({ note: "cut", pages: pages.length })
    if (!pages.some(({ text, scanned }) => scanned || text.trim() !== "")) return { fault: "empty" }
    return { document: { ...document, pages }, tokens: pages.map(({ text }) => estimateTokens(text)) }
  } catch (error) {
    if (!(error instanceof Unreadable)) return { fault: "broken" }
    return { fault: error.reason, ...(typeof error.cause === "number" && { found: error.cause }) }
  }
}

type Reader = (bytes: Uint8Array, password?: string) => ReadDocument | Promise<ReadDocument>

const readers: Record<DocumentKind, Reader> = {
  pdf: readPdf,
  docx: (bytes) => readDocx(Package.open(bytes)),
  xlsx: (bytes) => readXlsx(Package.open(bytes)),
  pptx: (bytes) => readPptx(Package.open(bytes)),
  odt: (bytes) => readOdf("odt", Package.open(bytes)),
  ods: (bytes) => readOdf("ods", Package.open(bytes)),
  odp: (bytes) => readOdf("odp", Package.open(bytes)),
  epub: (bytes) => readEpub(Package.open(bytes)),
  html: readHtml,
  rtf: readRtf,
  eml: readEml,
  text: (bytes) => ({ pages: piecesOf(new TextDecoder().decode(bytes)), notes: [] }),
}
