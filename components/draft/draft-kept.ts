/** What of a draft survives a reload, and where: files of text by themselves, so that a key pressed does not write them again. */

import { type PageStorage, readJson } from "@/components/base/storage"
import type { ImageInfo } from "@/lib/images/types"
import { isRecord } from "@/lib/is-record"
import type { OutputRequest, TextFile } from "@/lib/messages/types"

/** What is stored. */
export interface Kept {
  text: string
  images: ImageInfo[]
  files: TextFile[]
  output: OutputRequest | null
}

// Guards by hand: a schema library would be the largest part of the empty page.
const isImage = (value: unknown): value is ImageInfo =>
  isRecord(value) &&
  ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string") &&
  ["width", "height", "bytes"].every((key) => typeof value[key] === "number")
export const isTextFile = (value: unknown): value is TextFile =>
  isRecord(value) && ["name", "mediaType", "text"].every((key) => typeof value[key] === "string")
const isOutput = (value: unknown): value is OutputRequest =>
  isRecord(value) &&
  (value.type === "json" || (value.type === "json_schema" && typeof value.name === "string" && isRecord(value.schema)))
const isKept = (value: unknown): value is Omit<Kept, "files"> =>
  isRecord(value) &&
  typeof value.text === "string" &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.output === null || isOutput(value.output))

const draftKey = (key: string) => `sparkler:draft:${key}`
const filesKey = (key: string) => `sparkler:draft-files:${key}`

/** The stored draft of a conversation; null when there is none, or nonsense. */
export function readKept(storage: PageStorage, key: string): Kept | null {
  const kept = readJson(storage, draftKey(key))
  const files = readJson(storage, filesKey(key))
  const readable = Array.isArray(files) ? files.filter(isTextFile) : []
  if (isKept(kept)) return { ...kept, files: readable }
  return readable.length > 0 ? { text: "", images: [], output: null, files: readable } : null
}

export interface KeptWriter {
  /** Stores a draft; false when the browser has no room for all of it: then it lives as long as the page. */
  write(storage: PageStorage, key: string, kept: Kept): boolean
}

/** Writes one draft again and again; its files only when they are others. */
export function keptWriter(): KeptWriter {
  let written: { key: string; files: TextFile[]; kept: boolean } | null = null
  return {
    write: (storage, key, { files, ...rest }) => {
      const empty = !rest.text && rest.images.length === 0 && !rest.output
      const known = written?.key === key && isSameList(written.files, files)
      const filesKept = known && written ? written.kept : put(storage, filesKey(key), files.length > 0 ? files : null)
      // What is there no more must not come back instead.
      if (!filesKept) put(storage, filesKey(key), null)
      written = { key, files, kept: filesKept }
      return put(storage, draftKey(key), empty ? null : rest) && filesKept
    },
  }
}

const isSameList = (a: unknown[], b: unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** Stores a value, null removes it. False: there is no room, or no permission. */
function put(storage: PageStorage, key: string, value: unknown): boolean {
  if (value !== null) return storage.setItem(key, JSON.stringify(value))
  storage.removeItem(key)
  return true
}
