/** API types of search. Safe to import on both sides. */

import type { DocumentKind } from "@/lib/documents/types"

/** A text with highlights: pairs of start and end (exclusive), in order, never overlapping. */
export interface MarkedText {
  text: string
  marks: [number, number][]
}

/** A page of a document attached to a message. */
export interface DocumentHit {
  id: string
  name: string
  kind: DocumentKind
  /** From 1. */
  page: number
}

export interface SearchHit {
  conversationId: string
  /** The conversation's title; highlighted if it is the hit. */
  title: MarkedText
  /**
   * The message that was found; null if the title was. `document`: the match is in this document rather than in the
   * message's own text.
   */
  message: { id: string; role: "user" | "assistant"; excerpt: MarkedText; document?: DocumentHit } | null
  /** When the message, or the conversation's last message, was written. */
  date: string
}

/** `GET /api/search?q=&limit=&cursor=`. Best hits first. */
export interface SearchAnswer {
  hits: SearchHit[]
  /** Cursor for the next page of hits; null if there are no more. */
  cursor: string | null
  /** Older messages are still being indexed. */
  indexing: boolean
}
