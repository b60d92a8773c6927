/** What the server says about a search. Safe to import on both sides. */

import type { DocumentKind } from "@/lib/documents/types"

/** A text with the places that were looked for: pairs of start and end (exclusive), in order, never overlapping. */
export interface MarkedText {
  text: string
  marks: [number, number][]
}

/** A page of a document that came with a message. */
export interface DocumentHit {
  id: string
  name: string
  kind: DocumentKind
  /** From 1. */
  page: number
}

export interface SearchHit {
  conversationId: string
  /** The title of the conversation; marked when it is what was found. */
  title: MarkedText
  /** The message that was found; null: the title was. `document`: not its own words say it, but these of a document. */
  message: { id: string; role: "user" | "assistant"; excerpt: MarkedText; document?: DocumentHit } | null
  /** When the message was written, or the last one of the conversation. */
  date: string
}

/** `GET /api/search?q=&limit=&cursor=`. Best hits first. */
export interface SearchAnswer {
  hits: SearchHit[]
  /** Asks for the next hits; null: there are no more. */
  cursor: string | null
  /** Older messages are still being made ready to be found. */
  indexing: boolean
}
