/** What reading a file leaves on disk, for the preview and the import. Safe to import on the page. */
import type { LossKind, Source } from "@/lib/import/formats/types"

/** A chat of the file, in the order of the file. */
export interface FoundChat {
  source: Source
  /** As the file has it. */
  id: string
  title: string
  messages: number
  images: number
  /** Messages that have another version beside them. */
  versions: number
  /** Milliseconds since 1970, of its first and last message. */
  from: number | null
  to: number | null
  /** What doesn't come along, by kind. */
  losses: Partial<Record<LossKind, number>>
  /** Where it begins in `chats.ndjson`, and bytes of it. */
  at: number
  bytes: number
}

/** A chat that can't be read. */
export interface Unread {
  /** Its title, where that can be told. */
  title: string | null
  why: "not_json" | "too_large" | "unknown" | "empty"
}

/** Of Sparkler's own export: what lies beside the chats. */
export interface FoundExtras {
  presets: number
  prompts: number
  schemas: number
  models: number
  choices: number
}

/** All but the chats, which have a file of their own. */
export interface Found {
  unread: Unread[]
  /** There are more that can't be read than are named. */
  moreUnread: number
  /** The losses by name, as far as they are named. */
  losses: { kind: LossKind; name: string; chat: string }[]
  extras: FoundExtras | null
}
