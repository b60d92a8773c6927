/** The common format that the export files of all sources are converted to. */
import type { MessageParts } from "@/lib/messages/parts"
import type { ChatSettings, MessageDocument } from "@/lib/messages/types"

export const SOURCES = ["sparkler", "chatgpt", "claude", "openwebui", "librechat", "chatui"] as const
export type Source = (typeof SOURCES)[number]

/** An image to import. `ref`: the name of a file in the same zip, or a `data:` URL. */
export interface ImagePart {
  type: "image"
  ref: string
  name: string
}
/** A document to import, with the selected pages and mode. */
export interface DocumentRef {
  type: "document"
  ref: string
  name: string
  data: MessageDocument
}
export type NeutralPart = ImagePart | DocumentRef | MessageParts[number]

export interface NeutralMessage {
  /** The ID in the file. */
  id: string
  parentId: string | null
  role: "user" | "assistant"
  /** Milliseconds since 1970; null if the file has no plausible value. */
  createdAt: number | null
  model: string | null
  parts: NeutralPart[]
  /** Sparkler's own export only: further columns of the message, validated when they are stored. */
  more?: Record<string, unknown>
}

/** What is lost when a chat is imported. */
export type LossKind =
  /** An image that the file references but doesn't contain. */
  | "image"
  /** A file that the file references but doesn't contain. */
  | "file"
  /** A message part of an unknown type. */
  | "piece"
  /** A message that is truncated because it is too long. */
  | "cut"

export interface Loss {
  kind: LossKind
  /** The file's name, or the type of the part. */
  name: string
}

export interface NeutralChat {
  id: string
  title: string
  createdAt: number | null
  updatedAt: number | null
  model: string | null
  settings: ChatSettings | null
  /** The last message of the branch that is shown. */
  leafId: string | null
  pinnedAt: number | null
  archivedAt: number | null
  /** The folder's name. */
  folder: string | null
  tags: string[]
  titleSource: "user" | "model" | "draft"
  messages: NeutralMessage[]
  losses: Loss[]
}

/** The files in the zip, as adapters look them up. */
export interface FileNames {
  /** The entry with this base name, or a base name that begins with it; undefined if there is none. */
  named(name: string): string | undefined
}

/** Reads one chat of a file. Null if it can't be read. Never throws, whatever the input. */
export type Adapter = (chat: Record<string, unknown>, files: FileNames) => NeutralChat | null
