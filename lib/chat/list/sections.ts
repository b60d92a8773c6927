/**
 * The sections of the conversation list, and its order, shared by browser and server. Safe to import on both sides, and
 * without a schema library.
 */
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { cut } from "@/lib/cut"

/** `all`: every conversation; `list`: those listed by date only. */
export type Section = "all" | "list" | "pinned" | "archived" | `folder:${string}` | `tag:${string}`

type Placed = Pick<ConversationSummary, "pinned" | "archived" | "folderId">

/** Where a conversation is listed: in the archive only; under pinned and in its folder; or by date. */
export function sectionsOf({ pinned, archived, folderId }: Placed): Section[] {
  if (archived) return ["archived"]
  const sections: Section[] = [
    ...(pinned ? ["pinned" as const] : []),
    ...(folderId ? [`folder:${folderId}` as const] : []),
  ]
  return sections.length > 0 ? sections : ["list"]
}

/** A requested change of a conversation's place; `folderId` null: the list by date. */
export type PlaceChange = { pinned: boolean } | { archived: boolean } | { folderId: string | null }

/** How a change affects a conversation's place: pin and folder are independent, archiving removes the pin. */
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

/** Sort key by date: the greater one comes first, even within the same millisecond. Also used as a cursor. */
export const orderKey = ({ updatedAt, id }: Pick<ConversationSummary, "updatedAt" | "id">) => `${updatedAt}~${id}`

export const MAX_TAG = 32
export const MAX_TAGS = 20
export const MAX_FOLDER_NAME = 100
/** Conversations per bulk request. */
export const MAX_BULK = 500

/**
 * A tag in its stored form: lowercase, words joined by hyphens, so that it can be typed after `tag:`. Empty if nothing
 * is left.
 */
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
  /** Conversations in it, including pinned ones but not archived ones. */
  count: number
  running: number
  unseen: number
}

/** `GET /api/folders`: the list without the conversations themselves. */
export interface ListOutline {
  /** Sorted by name. */
  folders: FolderSummary[]
  /** Of all conversations, sorted by name. */
  tags: { name: string; count: number }[]
  archived: number
  /** Conversations that others share with the user, newest first. */
  received?: { id: string; path: string; title: string; by: string }[]
}

/** `GET /api/conversations`: newest first. */
export interface ListPage {
  conversations: ConversationSummary[]
  /** Cursor of the next page; null at the end. */
  cursor: string | null
}

/** The list data for the first render. */
export interface FirstList {
  outline: ListOutline
  pages: { section: Section; page: ListPage }[]
}
