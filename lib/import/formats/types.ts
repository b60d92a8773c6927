/** What the export files of all sources become. */
import type { MessageParts } from "@/lib/messages/parts"
import type { ChatSettings, MessageDocument } from "@/lib/messages/types"

export const SOURCES = ["sparkler", "chatgpt", "claude", "openwebui", "librechat", "chatui"] as const
export type Source = (typeof SOURCES)[number]

/** An image that comes along. `ref`: the name of a file in the same zip, or a `data:` address. */
export interface ImagePart {
  type: "image"
  ref: string
  name: string
}
/** A document that comes along, with what was chosen of it. */
export interface DocumentRef {
  type: "document"
  ref: string
  name: string
  data: MessageDocument
}
export type NeutralPart = ImagePart | DocumentRef | MessageParts[number]

export interface NeutralMessage {
  /** As the file has it. */
  id: string
  parentId: string | null
  role: "user" | "assistant"
  /** Milliseconds since 1970; null where the file tells none that can be. */
  createdAt: number | null
  model: string | null
  parts: NeutralPart[]
  /** Of Sparkler's own: further columns of the message, to be checked where they are stored. */
  more?: Record<string, unknown>
}

/** What of a chat doesn't come along. */
export type LossKind =
  /** An image that the file names and doesn't hold. */
  | "image"
  /** A file that the file names and doesn't hold. */
  | "file"
  /** A piece of a message of a kind that is not known. */
  | "piece"
  /** A message whose end is left out, since it is too long. */
  | "cut"

export interface Loss {
  kind: LossKind
  /** The file's name, the kind of the piece. */
  name: string
}

export interface NeutralChat {
  id: string
  title: string
  createdAt: number | null
  updatedAt: number | null
  model: string | null
  settings: ChatSettings | null
  /** The message at the end of the branch that is shown. */
  leafId: string | null
  pinnedAt: number | null
  archivedAt: number | null
  /** A folder, by its name. */
  folder: string | null
  tags: string[]
  titleSource: "user" | "model" | "draft"
  messages: NeutralMessage[]
  losses: Loss[]
}

/** The files of the zip, as far as adapters ask for them. */
export interface FileNames {
  /** The entry whose own name is this, or begins with it; undefined when there is none. */
  named(name: string): string | undefined
}

/** Reads one chat of a file. Null: it is none that can be read. Never throws, whatever it is given. */
export type Adapter = (chat: Record<string, unknown>, files: FileNames) => NeutralChat | null
