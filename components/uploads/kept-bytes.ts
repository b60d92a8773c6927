/**
 * Bytes of files being uploaded, stored in the browser until they have arrived, so that a reload can resume. Limited in
 * size and to a day; without space or permission, a reload asks for the file again. Never throws.
 */
import { createStore, del, delMany, entries, get, set, type UseStore } from "idb-keyval"

/** Maximum bytes of all files together. */
const MAX_BYTES = 300_000_000
const KEPT_MS = 24 * 60 * 60 * 1_000

interface KeptFile {
  file: File
  /** Milliseconds since 1970. */
  at: number
}

let opened: UseStore | undefined
const store = () => {
  opened ??= createStore("sparkler-uploads", "files")
  return opened
}

const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
  try {
    return await work()
  } catch {
    return null
  }
}

/** Stores a file under its attachment's key, if there is room. */
export const storeFileBytes = (key: string, file: File): Promise<unknown> =>
  attempt(async () => {
    const since = Date.now() - KEPT_MS
    const others = (await entries<string, KeptFile>(store())).filter(([name]) => name !== key)
    const old = others.filter(([, { at }]) => at < since)
    await delMany(
      old.map(([name]) => name),
      store(),
    )
    const size = others.reduce((sum, [, { file, at }]) => (at < since ? sum : sum + file.size), 0)
    if (size + file.size <= MAX_BYTES) await set(key, { file, at: Date.now() } satisfies KeptFile, store())
  })

/** Null when it was not stored. */
export const loadFileBytes = (key: string): Promise<File | null> =>
  attempt(async () => (await get<KeptFile>(key, store()))?.file ?? null)

export const deleteFileBytes = (key: string): Promise<unknown> => attempt(() => del(key, store()))
