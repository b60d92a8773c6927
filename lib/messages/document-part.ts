/** A document in a message: what was selected from it, and its size. Pure, for both sides. */
import { type Chosen, MAX_PICTURES, pagesThatFit, readingOf } from "@/lib/documents/fit"
import {
  DOCUMENT_KINDS,
  type DocumentInfo,
  type DocumentNote,
  type PageRange,
  READING_MODES,
} from "@/lib/documents/types"
import { isRecord } from "@/lib/is-record"
import type { DocumentPart, MessageDocument } from "@/lib/messages/types"

export function documentPart(info: DocumentInfo, { range, mode }: Chosen): MessageDocument & { documentId: string } {
  const { id, name, kind, bytes, pages } = info
  const { tokens, pictures } = readingOf(info, { range, mode })
  return {
    ...{ documentId: id, name, kind, bytes, pages, mode, tokens, pictures: pictures.length },
    ...(range && { range }),
  }
}

/**
 * Why the selection doesn't fit: too many tokens, or too many pages as images; and how many pages would fit. Null: it
 * fits.
 */
export function documentExcess(info: DocumentInfo, chosen: Chosen, room: number) {
  const { tokens, pictures } = readingOf(info, chosen)
  if (pictures.length > MAX_PICTURES) return { of: "pictures", fits: MAX_PICTURES } as const
  return tokens > room ? ({ of: "tokens", fits: pagesThatFit(info, chosen, room) } as const) : null
}

/** A document in a draft, and what was selected from it. Drafts are stored in browsers, so each member is validated. */
export function readDraft(draft: DocumentPart): { info: DocumentInfo; chosen: Chosen } {
  const { documentId, name, kind, bytes, status, pages, facts, range, mode } = draft
  const known = isRecord(facts) ? facts : {}
  const notes = Array.isArray(known.notes) ? known.notes.filter((note) => isRecord(note)) : []
  return {
    info: {
      ...{ id: documentId, name, kind: DOCUMENT_KINDS.find((one) => one === kind) ?? "text" },
      ...{ bytes: numberOf(bytes), pages: numberOf(pages) },
      status: status === "locked" ? "locked" : "ready",
      facts: {
        characters: numberOf(known.characters),
        tokens: numbersOf(known.tokens),
        scanned: numbersOf(known.scanned),
        notes: notes.flatMap((note) => noteOf(note) ?? []),
      },
    },
    chosen: {
      mode: READING_MODES.find((one) => one === mode) ?? "auto",
      ...(Array.isArray(range) && { range: range.flatMap((pair): PageRange[] => pairOf(pair)) }),
    },
  }
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0)

const numbersOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(numberOf) : [])

function pairOf(value: unknown): PageRange[] {
  const [from, to] = numbersOf(value)
  return from === undefined || to === undefined ? [] : [[from, to]]
}

function noteOf({ note, names, pages, count, inside }: Record<string, unknown>): DocumentNote | null {
  if (note === "macros" || note === "javascript" || note === "damaged") return { note }
  if (note === "attachments") return { note, names: Array.isArray(names) ? names.map(String) : [] }
  if (note === "unreadable") return { note, pages: numbersOf(pages) }
  if (note === "cut") return { note, pages: numberOf(pages) }
  if (note !== "images") return null
  return { note, count: numberOf(count), ...(typeof inside === "number" && { inside }) }
}

/** Converts a document of a draft into its form in the message. */
export function partOfDraft(draft: DocumentPart): MessageDocument {
  const { info, chosen } = readDraft(draft)
  return documentPart(info, chosen)
}
