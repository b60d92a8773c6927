/** A person's files: kept, read back, counted. */
import {
  createFileOf,
  createFileWith,
  type FileRow,
  findFile,
  findFiles,
  liveObject,
  type NewFile,
} from "@/lib/db/files"
import { newKey } from "@/lib/files/keys"
import { type ByteRange, type FileStorage, fileStorage, inOne, readWhole, type StoredBytes } from "@/lib/files/storage"

export { storedBytes } from "@/lib/db/files"

/**
 * Keeps bytes as a file of this user. The same content lies in the store once, whoever's it is, unless what is there is
 * just being removed.
 */
export async function keepFile(
  file: NewFile,
  bytes: Uint8Array,
  sha256: string,
  storage = fileStorage(),
): Promise<void> {
  const there = await liveObject(sha256)
  if (there) {
    // A store may have lost it.
    if (!(await storage.has(there.key))) await storage.put(there.key, inOne(bytes))
    if (await createFileOf(file, there.key)) return
  }
  const key = newKey()
  const stored = await storage.put(key, inOne(bytes))
  await createFileWith(file, { key, ...stored })
}

export interface OpenFile extends StoredBytes {
  row: FileRow
}

/** A file of this user with its bytes, or a piece of them that lies inside; null when there is none. */
export async function openFile(userId: string, id: string, range?: ByteRange): Promise<OpenFile | null> {
  const row = await findFile(id, userId)
  const stored = row && (await fileStorage().get(row.objectKey, range))
  return stored && { row, ...stored }
}

/** The files of this user among `ids` with all their bytes, in no order. Lost ones are left out. */
export async function readFiles(userId: string, ids: string[], storage: FileStorage = fileStorage()) {
  const rows = ids.length > 0 ? await findFiles(ids, userId) : []
  const files: { row: FileRow; data: Buffer }[] = []
  for (const row of rows) {
    const data = await readWhole(storage, row.objectKey)
    if (data) files.push({ row, data })
  }
  return files
}
