/**
 * Removes files that no message shows: files that were never sent, those of purged conversations, and then unreferenced
 * bytes. Content that is added again at the same time gets a new object (`lib/db/files.ts`).
 */
import {
  databaseCreatedAt,
  derivativeKeys,
  forgetObject,
  knownKeys,
  markUnreferenced,
  removeUnused,
  unusedFiles,
} from "@/lib/db/files"
import { type FileStorage, fileStorage } from "@/lib/files/storage"

/** Milliseconds that an upload may wait in a draft, and that bytes may exist without a row. */
const UNSENT_MS = 24 * 60 * 60 * 1_000
const BATCH = 500

/** Removes everything that is no longer used. Returns how many files and objects were removed. */
export async function sweepFiles(
  now = new Date(),
  storage: FileStorage = fileStorage(),
): Promise<{ files: number; objects: number }> {
  const before = new Date(now.getTime() - UNSENT_MS)
  let files = 0
  for (;;) {
    const unused = await unusedFiles(before)
    const removed = await removeUnused(unused.map(({ id }) => id))
    files += removed
    if (removed === 0) break
  }
  return {
    files,
    objects: (await removeMarkedObjects(await markUnreferenced(), storage)) + (await removeStray(before, storage)),
  }
}

/** Immediately removes those of a user's files that no conversation shows, with bytes that nobody else uses. */
export async function deleteUnusedFiles(files: { id: string; objectKey: string }[]): Promise<void> {
  if (files.length === 0) return
  const ids = files.map(({ id }) => id)
  const made = await derivativeKeys(ids)
  await removeUnused(ids)
  await removeMarkedObjects(
    await markUnreferenced([...files.map(({ objectKey }) => objectKey), ...made]),
    fileStorage(),
  )
}

/** Removes the bytes of objects marked for removal, including one that a process left half-way. Returns how many. */
export async function removeMarkedObjects(keys: string[], storage: FileStorage): Promise<number> {
  for (const key of keys) {
    await storage.remove(key)
    await forgetObject(key)
  }
  return keys.length
}

/**
 * Removes bytes without a row, from an upload that was interrupted between the two. Bytes older than the database
 * belong to another database that was used with this data folder, and may be used again.
 */
async function removeStray(before: Date, storage: FileStorage): Promise<number> {
  const began = await databaseCreatedAt()
  let removed = 0
  let batch: string[] = []
  const flush = async () => {
    const known = await knownKeys(batch)
    for (const key of batch.filter((listed) => !known.has(listed))) {
      await storage.remove(key)
      removed++
    }
    batch = []
  }
  for await (const { key, modifiedAt } of storage.list()) {
    if (modifiedAt >= before || modifiedAt < began) continue
    batch.push(key)
    if (batch.length >= BATCH) await flush()
  }
  await flush()
  return removed
}
