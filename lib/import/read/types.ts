/** What reading a file leaves on disk, for the preview and the import. Safe to import in the browser. */
import type { LossKind, Source } from "@/lib/import/formats/types"

/** A chat of the file, in file order. */
export interface FoundChat {
  source: Source
  /** The ID in the file. */
  id: string
  title: string
  messages: number
  images: number
  /** Messages that have alternative versions. */
  versions: number
  /** Milliseconds since 1970, of its first and last messages. */
  from: number | null
  to: number | null
  /** What is lost, by kind. */
  losses: Partial<Record<LossKind, number>>
  /** Offset and length in bytes in `chats.ndjson`. */
  at: number
  bytes: number
}

/** An unreadable chat. */
export interface UnreadableChat {
  /** Its title, if known. */
  title: string | null
  why: "not_json" | "too_large" | "unknown" | "empty"
}

/** What Sparkler's own export contains besides the chats. */
export interface FoundExtras {
  presets: number
  prompts: number
  schemas: number
  models: number
  choices: number
}

/** Everything except the chats, which have a file of their own. */
export interface Found {
  unread: UnreadableChat[]
  /** How many more unreadable chats there are than listed. */
  moreUnread: number
  /** The losses by name, up to a limit. */
  losses: { kind: LossKind; name: string; chat: string }[]
  extras: FoundExtras | null
}
