/** Loads a document's pages from the server in chunks, each once. */
import { api } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"

export interface ShownPage {
  number: number
  name: string | null
  text: string
  /** `[start, length, x, y, width, height]` of each word; positions in tenths of a point. */
  boxes: number[]
  width: number | null
  height: number | null
}

const PIECE = 20

export class DocumentPages {
  private readonly pieces = new Map<number, Promise<ShownPage[]>>()

  constructor(
    private readonly id: string,
    private readonly share?: string,
  ) {}

  get query(): string {
    return this.share ? `share=${encodeURIComponent(this.share)}` : ""
  }

  /** The page with this number; null when there is none. */
  async page(number: number): Promise<ShownPage | null> {
    return (await this.piece(Math.floor((number - 1) / PIECE))).find((page) => page.number === number) ?? null
  }

  /** All pages, as they load. */
  async *all(count: number): AsyncGenerator<ShownPage> {
    for (let at = 0; at * PIECE < count; at++) yield* await this.piece(at)
  }

  private piece(at: number): Promise<ShownPage[]> {
    const known = this.pieces.get(at)
    if (known) return known
    const path = `/api/documents/${this.id}/pages?from=${at * PIECE + 1}&to=${(at + 1) * PIECE}&${this.query}`
    const read = api(path).then(pagesOf)
    this.pieces.set(at, read)
    // A retry may succeed.
    read.catch(() => this.pieces.delete(at))
    return read
  }
}

function pagesOf(answer: unknown): ShownPage[] {
  const pages = isRecord(answer) && Array.isArray(answer.pages) ? answer.pages : []
  return pages.flatMap((page: unknown) => {
    if (!isRecord(page) || typeof page.number !== "number" || typeof page.text !== "string") return []
    return {
      number: page.number,
      name: typeof page.name === "string" ? page.name : null,
      text: page.text,
      boxes: Array.isArray(page.boxes) ? page.boxes.map(Number) : [],
      width: typeof page.width === "number" ? page.width : null,
      height: typeof page.height === "number" ? page.height : null,
    }
  })
}

export interface Span {
  text: string
  x: number
  y: number
  width: number
  height: number
}

/** Joins consecutive words on a line, so that a selection includes the spaces between them. */
export function mergeIntoSpans({ text, boxes }: Pick<ShownPage, "text" | "boxes">): Span[] {
  const spans: (Span & { start: number; end: number })[] = []
  for (let at = 0; at + 5 < boxes.length; at += 6) {
    const [start = 0, length = 0, x = 0, y = 0, width = 0, height = 0] = boxes.slice(at, at + 6)
    const last = spans.at(-1)
    const gap = last ? x - (last.x + last.width) : 0
    const goesOn = last && last.y === y && last.height === height && gap >= 0 && gap < height && start - last.end <= 1
    if (last && goesOn) {
      last.end = start + length
      last.width = x + width - last.x
    } else spans.push({ text: "", start, end: start + length, x, y, width, height })
  }
  return spans.map(({ start, end, ...place }) => ({ ...place, text: text.slice(start, end) }))
}

export interface Hit {
  page: number
  /** Offset in the page's text. */
  at: number
  length: number
}

/** Case-insensitive occurrences of a text on a page. */
export function hitsOn({ number, text }: Pick<ShownPage, "number" | "text">, wanted: string): Hit[] {
  const words = wanted.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "giu")
  return [...text.matchAll(pattern)].map((match) => ({ page: number, at: match.index, length: match[0].length }))
}

/** The boxes of the words that a hit touches. */
export function boxesOf({ boxes }: Pick<ShownPage, "boxes">, { at, length }: Hit): Omit<Span, "text">[] {
  const found: Omit<Span, "text">[] = []
  for (let from = 0; from + 5 < boxes.length; from += 6) {
    const [start = 0, long = 0, x = 0, y = 0, width = 0, height = 0] = boxes.slice(from, from + 6)
    if (start < at + length && start + long > at) found.push({ x, y, width, height })
  }
  return found
}
