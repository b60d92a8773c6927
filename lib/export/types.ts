/**
 * The export format, version 1. A later version may add members. If the meaning of a member changes, the version number
 * changes, and readers reject numbers that they don't know.
 *
 * The zip of everything contains
 * - `chats.json`: a JSON array of `ExportedChat`, one per line, newest first. Lines that aren't a chat contain only
 *   punctuation, so the file can also be read line by line. Includes all branches, but nothing deleted or temporary.
 * - `files/{id}.{ending}`: the bytes of images and documents. In messages they are `file` parts whose url is
 *   `/api/images/{id}`, and `data-document` parts with the `documentId`.
 * - `markdown/…`: each chat's current branch, for people to read. Importers don't need it.
 * - `grids/….ndjson`: each data grid, with its properties on the first line, then one line per row
 *   (`lib/export/grids.ts`). Images and documents that are inputs are only listed by name.
 * - `evals/….ndjson`: each eval, with its properties on the first line, then its cases, and its runs with their answers
 *   (`lib/export/evals.ts`).
 * - `export.json`: `ExportManifest`, last.
 */
export const EXPORT_VERSION = 1

export interface ExportedMessage {
  id: string
  /** The message that it follows. Messages with the same parent are versions of each other. */
  parentId: string | null
  role: "user" | "assistant"
  status: string
  /** AI SDK UI-message parts. */
  parts: unknown
  createdAt: string
  /**
   * Model, settings, usage, times, and costs, named like the columns of the table `Message`; empty values are left out.
   * For an answer in a `blind` comparison, everything that identifies its model is left out until it is revealed.
   */
  [member: string]: unknown
}

export interface ExportedChat {
  format: "sparkler-chat"
  version: typeof EXPORT_VERSION
  id: string
  title: string
  createdAt: string
  updatedAt: string
  model: string | null
  pinnedAt: string | null
  archivedAt: string | null
  /** The id of a folder in the manifest. */
  folderId: string | null
  /** The folder's name. */
  folder?: string | null
  tags: string[]
  /** `user`: the person chose the title. */
  titleSource?: string
  /** The last message of the current branch. */
  activeLeafId?: string | null
  /** For the next question. */
  settings?: unknown
  /** Oldest first, on all branches. */
  messages: ExportedMessage[]
}

/** Data that could not be read. Everything else is included. */
export interface ExportProblem {
  problem: "chat unreadable" | "message unreadable" | "settings unreadable" | "file missing" | "no markdown"
  chat?: string
  title?: string
  message?: string
  file?: string
}

export interface ExportManifest {
  format: "sparkler-export"
  version: typeof EXPORT_VERSION
  exportedAt: string
  chats: number
  folders: { id: string; name: string }[]
  presets: { id: string; name: string; model: string | null; settings: unknown; output: unknown; isDefault: boolean }[]
  prompts: { id: string; command: string; text: string }[]
  /** Saved schemas with their versions, oldest first. */
  schemas: {
    id: string
    name: string
    description: string
    versions: { version: number; text: string; note: string | null; restoredFrom: number | null; createdAt: string }[]
  }[]
  /** The person's corrections of whether models accept images. */
  models: { model: string; images: boolean }[]
  /** Verdicts of model comparisons. */
  choices: {
    comparisonId: string
    blind: boolean
    models: unknown
    winner: string | null
    outcome: string
    createdAt: string
  }[]
  /** Shared links, without their tokens. */
  shares: { title: string; chat: string; createdAt: string; expiresAt: string | null; revokedAt: string | null }[]
  /** The owner of the data. */
  account: { name: string | null; email: string | null; guest: boolean; createdAt: string } | null
  files: { id: string; path: string; name: string; mediaType: string; createdAt: string }[]
  problems: ExportProblem[]
}
