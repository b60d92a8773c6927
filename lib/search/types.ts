/** What the server says about a search. Safe to import on both sides. */

/** A text with the places that were looked for: pairs of start and end (exclusive), in order, never overlapping. */
export interface MarkedText {
  text: string
  marks: [number, number][]
}

export interface SearchHit {
  conversationId: string
  /** The title of the conversation; marked when it is what was found. */
  title: MarkedText
  /** The message that was found; null: the title was. */
  message: { id: string; role: "user" | "assistant"; excerpt: MarkedText } | null
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
