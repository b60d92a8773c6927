/** Documents as the browser and the server know them. Without a schema library: the page loads this. */

/** By the bytes. `text` is a file of text that is too long for a message. */
export const DOCUMENT_KINDS = [
  "pdf",
  "docx",
  "xlsx",
  "pptx",
  "odt",
  "ods",
  "odp",
  "epub",
  "html",
  "rtf",
  "eml",
  "text",
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** How its pages go to a model. `auto`: as text, and those without any as pictures. */
export const READING_MODES = ["auto", "text", "pictures", "both"] as const
export type ReadingMode = (typeof READING_MODES)[number]

/** First and last page, both from 1. */
export type PageRange = [from: number, to: number]

/** What a document's pages are called. */
export type PageUnit = "page" | "slide" | "sheet" | "chapter" | "section"

const UNITS: Partial<Record<DocumentKind, PageUnit>> = {
  pdf: "page",
  pptx: "slide",
  odp: "slide",
  xlsx: "sheet",
  ods: "sheet",
  epub: "chapter",
}

export const unitOf = (kind: DocumentKind): PageUnit => UNITS[kind] ?? "section"

/** What is to be said of a document that was read. */
export type DocumentNote =
  /** Programs in it, which are never run. */
  | { note: "macros" | "javascript" }
  /** Files in it, which are not opened. */
  | { note: "attachments"; names: string[] }
  /** Pages that can't be read. */
  | { note: "unreadable"; pages: number[] }
  /** The file is damaged: what could be read is there. */
  | { note: "damaged" }
  /** It is longer than what is read: this many pages are there. */
  | { note: "cut"; pages: number }
  /** Images in it, of which a model sees nothing; `inside`: how many the file itself holds, where others are elsewhere. */
  | { note: "images"; count: number; inside?: number }

export interface DocumentFacts {
  title?: string
  characters: number
  /** Estimated tokens of each page's text, from page 1 on. */
  tokens: number[]
  /** Pages that are pictures. */
  scanned: number[]
  notes: DocumentNote[]
}

export type DocumentStatus = "reading" | "locked" | "ready"

/** What `GET /api/documents/{id}` answers with. */
export interface DocumentInfo {
  id: string
  name: string
  kind: DocumentKind
  bytes: number
  status: DocumentStatus
  pages: number
  facts: DocumentFacts
}

/** A page as it was read: of a slide, sheet or chapter with its name. */
export interface ReadPage {
  name?: string
  /** Markdown. */
  text: string
  /** `[start, length, x, y, width, height]` of each word, one behind the other; places in tenths of a point. */
  boxes?: number[]
  scanned?: boolean
  /** Points, upright. */
  width?: number
  height?: number
}

export interface ReadDocument {
  title?: string
  pages: ReadPage[]
  notes: DocumentNote[]
}
