/**
 * Which pages of a document are sent to a model, in what form, and how many tokens that takes. Pure, for both sides.
 */
import type { DocumentInfo, PageRange, ReadingMode } from "@/lib/documents/types"

/** Approximate tokens of a page as a picture of `MODEL_SIDE`, including the page marker. */
export const TOKENS_PER_PICTURE = 1_600
const TOKENS_A_PAGE = 16
/** Pixels on the long side of a page picture sent to a model. */
export const MODEL_SIDE = 1_600
/** Maximum number of page pictures in one request; the remaining image slots are for the user's own images. */
export const MAX_PICTURES = 20
/** The share of the context window, excluding the part reserved for the answer, that documents may take. */
const SHARE = 0.6
/** Tokens for documents if the context window is unknown. */
const UNKNOWN_ROOM = 100_000
/** At most this share of the context window is reserved for the answer. */
const ANSWER_SHARE = 0.5

/** What the user selected of a document. */
export interface Chosen {
  /** All pages if omitted. */
  range?: PageRange[]
  mode: ReadingMode
}

/** The selected page numbers, deduplicated and in order. */
export function pagesIn(range: PageRange[] | undefined, pages: number): number[] {
  if (!range) return Array.from({ length: pages }, (_, at) => at + 1)
  const chosen = new Set<number>()
  for (const [from, to] of range)
    for (let page = Math.max(1, from); page <= Math.min(pages, to); page++) chosen.add(page)
  return [...chosen].sort((a, b) => a - b)
}

export interface Reading {
  /** Pages sent as text, and as pictures. */
  text: number[]
  pictures: number[]
  tokens: number
}

/** How the selected pages are sent. Only PDFs have pages that can be rendered. */
export function readingOf(
  { kind, pages, facts }: Pick<DocumentInfo, "kind" | "pages" | "facts">,
  chosen: Chosen,
): Reading {
  const all = pagesIn(chosen.range, pages)
  const scanned = new Set(facts.scanned)
  const mode = kind === "pdf" ? chosen.mode : "text"
  const text = mode === "pictures" ? [] : mode === "auto" ? all.filter((page) => !scanned.has(page)) : all
  const pictures = mode === "text" ? [] : mode === "auto" ? all.filter((page) => scanned.has(page)) : all
  const words = text.reduce((sum, page) => sum + (facts.tokens[page - 1] ?? 0), 0)
  return { text, pictures, tokens: words + pictures.length * TOKENS_PER_PICTURE + all.length * TOKENS_A_PAGE }
}

/** Tokens that documents may take in a context window (null if unknown), next to an answer of `answerTokens`. */
export function roomFor(windowTokens: number | null, answerTokens = 0): number {
  if (windowTokens === null) return UNKNOWN_ROOM
  return Math.floor((windowTokens - Math.min(answerTokens, windowTokens * ANSWER_SHARE)) * SHARE)
}

/** How many of the selected pages, starting with the first, fit within these limits of tokens and pictures. */
export function pagesThatFit(
  info: Pick<DocumentInfo, "kind" | "pages" | "facts">,
  chosen: Chosen,
  room: number,
  pictures = MAX_PICTURES,
): number {
  let [tokens, drawn, count] = [0, 0, 0]
  for (const page of pagesIn(chosen.range, info.pages)) {
    const one = readingOf(info, { ...chosen, range: [[page, page]] })
    tokens += one.tokens
    drawn += one.pictures.length
    if (tokens > room || drawn > pictures) break
    count++
  }
  return count
}

/** Parses `1-3, 7` as ranges within these pages; null if invalid. Empty means all of them (undefined). */
export function parseRange(text: string, pages: number): PageRange[] | undefined | null {
  const pieces = text.split(/[,;]/).map((piece) => piece.trim())
  if (pieces.every((piece) => piece === "")) return undefined
  const range: PageRange[] = []
  for (const piece of pieces.filter(Boolean)) {
    const [, first, dash, last] = /^(\d{1,4})\s*([-–—])?\s*(\d{1,4})?$/.exec(piece) ?? []
    if (first === undefined) return null
    const from = Number(first)
    const to = dash ? (last === undefined ? pages : Number(last)) : from
    if (from < 1 || to < from || from > pages) return null
    range.push([from, Math.min(to, pages)])
  }
  return range.length > MAX_RANGES ? null : range
}

export const MAX_RANGES = 50

/** Pages as ranges, in the shortest form. */
export function rangesOf(numbers: number[]): PageRange[] {
  const ranges: PageRange[] = []
  for (const page of numbers) {
    const last = ranges.at(-1)
    if (last && last[1] === page - 1) last[1] = page
    else ranges.push([page, page])
  }
  return ranges
}

/** `1–3, 7` */
export const formatRanges = (range: PageRange[]): string =>
  range.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(", ")
