/**
 * What an export holds, version 1. A later version may add members; one that changes what a member means has another
 * number, and readers refuse numbers that they don't know.
 *
 * The zip of everything has
 *
 * - `chats.json`: a JSON array of `ExportedChat`, one a line, newest first. What has no line of its own is no chat, so it can
 *   be read line by line as well. With all branches, without what is deleted or temporary.
 * - `files/{id}.{ending}`: the bytes of images and documents. In messages they are `file` parts whose url is `/api/images/{id}`, and
 *   `data-document` parts with the `documentId`.
 * - `markdown/…`: each chat's shown branch, to be read by people. Importers don't need it.
 * - `grids/….ndjson`: each data grid, what it is on the first line, then a line a row (`lib/export/grids.ts`). Images and documents
 *   that are inputs are named only.
 * - `evals/….ndjson`: each eval, what it is on the first line, then its cases, and its runs with their answers (`lib/export/evals.ts`).
 * - `export.json`: `ExportManifest`, last.
 */
export const EXPORT_VERSION = 1

export interface ExportedMessage {
  id: string
  /** The message that it follows; those in common are versions of each other. */
  parentId: string | null
  role: "user" | "assistant"
  status: string
  /** AI SDK UI-message parts. */
  parts: unknown
  createdAt: string
  /**
   * Model, settings, usage, times and costs, by the names of the table `Message`; what is empty is left out. Of an answer that is
   * compared `blind`, what tells its model is left out too, until that is told.
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
  /** One of the manifest's folders. */
  folderId: string | null
  /** Its name. */
  folder?: string | null
  tags: string[]
  /** `user`: the person named it. */
  titleSource?: string
  /** The message at the end of the branch that is shown. */
  activeLeafId?: string | null
  /** For the next question. */
  settings?: unknown
  /** Oldest first, on all branches. */
  messages: ExportedMessage[]
}

/** What could not be read. The rest is there. */
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
  /** Kept schemas with their versions, oldest first. */
  schemas: {
    id: string
    name: string
    description: string
    versions: { version: number; text: string; note: string | null; restoredFrom: number | null; createdAt: string }[]
  }[]
  /** What the person said of models: whether they take images. */
  models: { model: string; images: boolean }[]
  /** How comparisons of models were judged. */
  choices: {
    comparisonId: string
    blind: boolean
    models: unknown
    winner: string | null
    outcome: string
    createdAt: string
  }[]
  /** Links that were made, without what opens them. */
  shares: { title: string; chat: string; createdAt: string; expiresAt: string | null; revokedAt: string | null }[]
  /** Whose it is. */
  account: { name: string | null; email: string | null; guest: boolean; createdAt: string } | null
  files: { id: string; path: string; name: string; mediaType: string; createdAt: string }[]
  problems: ExportProblem[]
}
