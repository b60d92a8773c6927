/** Document types shared by browser and server. Without a schema library: the page loads this. */

/** Detected from the bytes. `text` is a text file too long for a message. */
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

/** How its pages are sent to a model. `auto`: as text, and pages without text as pictures. */
export const READING_MODES = ["auto", "text", "pictures", "both"] as const
export type ReadingMode = (typeof READING_MODES)[number]

/** First and last page, both counted from 1. */
export type PageRange = [from: number, to: number]

/** What the pages of a document are called. */
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

/** Notes on a document that has been read. */
export type DocumentNote =
  /** Code in it, which is never executed. */
  | { note: "macros" | "javascript" }
  /** Attached files, which aren't opened. */
  | { note: "attachments"; names: string[] }
  /** Unreadable pages. */
  | { note: "unreadable"; pages: number[] }
  /** The file is damaged; what could be read is available. */
  | { note: "damaged" }
  /** Truncated at the length limit: this many pages are available. */
  | { note: "cut"; pages: number }
  /**
   * Images in it, which the model doesn't see; `inside`: how many are embedded in the file, if others are elsewhere.
   */
  | { note: "images"; count: number; inside?: number }

export interface DocumentFacts {
  title?: string
  characters: number
  /** Estimated tokens of each page's text, starting with page 1. */
  tokens: number[]
  /** Pages that are scans. */
  scanned: number[]
  notes: DocumentNote[]
}

export type DocumentStatus = "reading" | "locked" | "ready"

/** The response of `GET /api/documents/{id}`. */
export interface DocumentInfo {
  id: string
  name: string
  kind: DocumentKind
  bytes: number
  status: DocumentStatus
  pages: number
  facts: DocumentFacts
}

/** The content of a page; a slide, sheet, or chapter has its name. */
export interface ReadPage {
  name?: string
  /** Markdown. */
  text: string
  /** `[start, length, x, y, width, height]` of each word, concatenated; positions in tenths of a point. */
  boxes?: number[]
  scanned?: boolean
  /** In points, upright. */
  width?: number
  height?: number
}

export interface ReadDocument {
  title?: string
  pages: ReadPage[]
  notes: DocumentNote[]
}
