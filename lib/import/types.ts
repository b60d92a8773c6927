/** Importing chats: what browser and server say to each other. Safe to import on both sides. */
import type { LossKind, Source } from "@/lib/import/formats/types"
import type { FoundExtras, Unread } from "@/lib/import/read/types"

export type { LossKind, Source } from "@/lib/import/formats/types"

/** A chat of the file, in the order of the file. */
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
  /** It is in the list already, and isn't imported again. */
  there: boolean
}

export interface Preview {
  chats: PreviewChat[]
  unread: Unread[]
  moreUnread: number
  losses: { kind: LossKind; name: string; chat: string }[]
  extras: FoundExtras | null
}

export interface ImportResult {
  imported: number
  /** That were there already. */
  there: number
  /** That could not be stored, each with a sentence. */
  failed: { title: string; why: string }[]
  images: number
  /** Images that could not be taken in. */
  lostImages: { name: string; why: string }[]
}

/** `GET /api/import/{id}`. */
export interface ImportState {
  id: string
  /** Of the file, as it was uploaded. */
  name: string
  state: "reading" | "ready" | "importing" | "done" | "cancelled" | "failed"
  /** From 0 to 1, while it imports. */
  progress: number
  /** What is wrong, in a sentence. */
  error: string | null
  result: ImportResult | null
}

/** `POST /api/import/{id}`: first and last place of each run of chats that are imported. */
export type Chosen = [first: number, last: number][]
