/**
 * What of a draft survives a reload, and where. Text files are stored separately, so that a keystroke does not rewrite
 * them.
 */

import { type PageStorage, readJson } from "@/components/base/storage"
import type { AttachedImage, PendingUpload } from "@/components/draft/attachment"
import { isDetail } from "@/lib/image.types"
import { isRecord } from "@/lib/is-record"
import type { DocumentPart, OutputRequest, TextFile } from "@/lib/messages/types"

/** The stored form. */
export interface Kept {
  text: string
  images: AttachedImage[]
  documents: DocumentPart[]
  files: TextFile[]
  /** Uploads that had not finished. */
  pending: PendingUpload[]
  output: OutputRequest | null
}

// Handwritten guards: a schema library would be the largest part of the empty page.
export const isImage = (value: unknown): value is AttachedImage =>
  isRecord(value) &&
  ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string") &&
  ["width", "height", "bytes"].every((key) => typeof value[key] === "number") &&
  (value.detail === undefined || isDetail(value.detail)) &&
  (value.alt === undefined || typeof value.alt === "string")
export const isDocument = (value: unknown): value is DocumentPart =>
  isRecord(value) && typeof value.documentId === "string" && typeof value.name === "string"
const isPending = (value: unknown): value is PendingUpload =>
  isRecord(value) &&
  typeof value.key === "string" &&
  typeof value.name === "string" &&
  [value.upload, value.address].every((place) => place === null || typeof place === "string")
export const isTextFile = (value: unknown): value is TextFile =>
  isRecord(value) && ["name", "mediaType", "text"].every((key) => typeof value[key] === "string")
const isOutput = (value: unknown): value is OutputRequest =>
  isRecord(value) &&
  (value.type === "json" || (value.type === "json_schema" && typeof value.name === "string" && isRecord(value.schema)))
/** Drafts stored by versions with only images and text lack the other fields. */
type KeptWords = Pick<Kept, "text" | "images" | "output"> & { documents?: unknown; pending?: unknown }
const isKept = (value: unknown): value is KeptWords =>
  isRecord(value) &&
  typeof value.text === "string" &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.output === null || isOutput(value.output))

const draftKey = (key: string) => `sparkler:draft:${key}`
const filesKey = (key: string) => `sparkler:draft-files:${key}`

const NOTHING: KeptWords = { text: "", images: [], output: null }

const listOf = <T>(value: unknown, is: (item: unknown) => item is T): T[] =>
  Array.isArray(value) ? value.filter(is) : []

/** The stored draft of a conversation; null when missing or invalid. */
export function readKept(storage: PageStorage, key: string): Kept | null {
  const kept = readJson(storage, draftKey(key))
  const files = readJson(storage, filesKey(key))
  const readable = Array.isArray(files) ? files.filter(isTextFile) : []
  const { text, images, output, ...rest } = isKept(kept) ? kept : NOTHING
  const documents = listOf(rest.documents, isDocument)
  const pending = listOf(rest.pending, isPending)
  const any = isKept(kept) || readable.length > 0
  return any ? { text, images, documents, files: readable, pending, output } : null
}

export interface DraftWriter {
  /** Stores a draft; false when the browser has no room for all of it, so that it only lasts as long as the page. */
  write(storage: PageStorage, key: string, kept: Kept): boolean
}

/** Writes one draft repeatedly; its files only when they have changed. */
export function createDraftWriter(): DraftWriter {
  let written: { key: string; files: TextFile[]; kept: boolean } | null = null
  return {
    write: (storage, key, { files, ...rest }) => {
      const attached = rest.images.length + rest.documents.length + rest.pending.length
      const empty = !rest.text && attached === 0 && !rest.output
      const known = written?.key === key && isSameList(written.files, files)
      const filesKept = known && written ? written.kept : put(storage, filesKey(key), files.length > 0 ? files : null)
      // Removed files must not reappear.
      if (!filesKept) put(storage, filesKey(key), null)
      written = { key, files, kept: filesKept }
      return put(storage, draftKey(key), empty ? null : rest) && filesKept
    },
  }
}

const isSameList = (a: unknown[], b: unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** Stores a value, or removes it when null. False: no space or no permission. */
function put(storage: PageStorage, key: string, value: unknown): boolean {
  if (value !== null) return storage.setItem(key, JSON.stringify(value))
  storage.removeItem(key)
  return true
}
