/**
 * The parts of the list of conversations, and its order: what browser and server must agree on. Safe to import on
 * both sides, and without a schema library.
 */
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { cut } from "@/lib/cut"

/** `all`: every conversation; `list`: those that stand by their date alone. */
export type Section = "all" | "list" | "pinned" | "archived" | `folder:${string}` | `tag:${string}`

type Placed = Pick<ConversationSummary, "pinned" | "archived" | "folderId">

/** Where a conversation stands: in the archive alone; among the pinned and in its folder; else by its date. */
export function sectionsOf({ pinned, archived, folderId }: Placed): Section[] {
  if (archived) return ["archived"]
  const sections: Section[] = [
    ...(pinned ? ["pinned" as const] : []),
    ...(folderId ? [`folder:${folderId}` as const] : []),
  ]
  return sections.length > 0 ? sections : ["list"]
}

/** What a person asks of a conversation's place; null: the list by date. */
export type PlaceChange = { pinned: boolean } | { archived: boolean } | { folderId: string | null }

/** What a change makes of a conversation's place: pin and folder leave each other alone, the archive takes the pin. */
export function placeAfter(change: PlaceChange): Partial<Placed> {
  if ("folderId" in change) return { folderId: change.folderId, archived: false }
  if ("pinned" in change) return change.pinned ? { pinned: true, archived: false } : { pinned: false }
  return change.archived ? { archived: true, pinned: false } : { archived: false }
}

export function isIn(section: Section, conversation: Placed & Pick<ConversationSummary, "tags">): boolean {
  if (section === "all") return true
  if (section.startsWith("tag:")) return conversation.tags.includes(section.slice("tag:".length))
  return sectionsOf(conversation).includes(section)
}

/** Its place by date: of two the greater stands first, also when both are of the same millisecond. A cursor is one of these. */
export const orderKey = ({ updatedAt, id }: Pick<ConversationSummary, "updatedAt" | "id">) => `${updatedAt}~${id}`

export const MAX_TAG = 32
export const MAX_TAGS = 20
export const MAX_FOLDER_NAME = 100
/** Conversations that one request changes. */
export const MAX_BULK = 500

/** A tag as it is kept: small letters, words joined by hyphens, so that it can be typed behind `tag:`. Empty when nothing is left. */
export const tagName = (text: string) =>
  cut(
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/["#,\p{C}]/gu, "")
      .trim()
      .replace(/\s+/g, "-"),
    MAX_TAG,
  )

export interface FolderSummary {
  id: string
  name: string
  /** Conversations that stand in it, pinned ones too: not archived. */
  count: number
  running: number
  unseen: number
}

/** `GET /api/folders`: what the list is made of, beside the conversations themselves. */
export interface ListOutline {
  /** By name. */
  folders: FolderSummary[]
  /** Of all conversations, by name. */
  tags: { name: string; count: number }[]
  archived: number
  /** What others let the person read, newest first. */
  received?: { id: string; path: string; title: string; by: string }[]
}

/** `GET /api/conversations`: newest first. */
export interface ListPage {
  conversations: ConversationSummary[]
  /** Asks for what comes behind; null at the end. */
  cursor: string | null
}

/** What a page of the app begins with. */
export interface FirstList {
  outline: ListOutline
  pages: { section: Section; page: ListPage }[]
}
