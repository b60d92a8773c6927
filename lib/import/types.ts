/** Importing chats: types shared by browser and server. Safe to import on both sides. */
import type { LossKind, Source } from "@/lib/import/formats/types"
import type { FoundExtras, UnreadableChat } from "@/lib/import/read/types"

export type { LossKind, Source } from "@/lib/import/formats/types"

/** A chat of the file, in file order. */
export interface PreviewChat {
  source: Source
  title: string
  messages: number
  images: number
  versions: number
  /** Milliseconds since 1970. */
  from: number | null
  to: number | null
  losses: Partial<Record<LossKind, number>>
  /** Already exists, and isn't imported again. */
  there: boolean
}

export interface Preview {
  chats: PreviewChat[]
  unread: UnreadableChat[]
  moreUnread: number
  losses: { kind: LossKind; name: string; chat: string }[]
  extras: FoundExtras | null
}

export interface ImportResult {
  imported: number
  /** Chats that already existed. */
  there: number
  /** Chats that could not be stored, each with a message. */
  failed: { title: string; why: string }[]
  images: number
  /** Images that could not be added. */
  lostImages: { name: string; why: string }[]
}

/** `GET /api/import/{id}`. */
export interface ImportState {
  id: string
  /** Name of the uploaded file. */
  name: string
  state: "reading" | "ready" | "importing" | "done" | "cancelled" | "failed"
  /** From 0 to 1, while importing. */
  progress: number
  /** An error message for the user. */
  error: string | null
  result: ImportResult | null
}

/** `POST /api/import/{id}`: first and last position of each range of chats to import. */
export type Chosen = [first: number, last: number][]
