/**
 * What no message shows goes: files that were never sent, those of conversations that were purged, and then the bytes to
 * which nothing refers. What is added again meanwhile gets an object of its own (`lib/db/files.ts`).
 */
import {
  databaseBegan,
  forgetObject,
  knownKeys,
  madeKeys,
  markUnreferenced,
  removeUnused,
  unusedFiles,
} from "@/lib/db/files"
import { type FileStorage, fileStorage } from "@/lib/files/storage"

/** Milliseconds that an upload may wait in a draft, and that bytes may wait for their row. */
const UNSENT_MS = 24 * 60 * 60 * 1_000
const BATCH = 500

/** Removes all that nobody has any more. Returns how many files and objects went. */
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
    objects: (await removeMarked(await markUnreferenced(), storage)) + (await removeStray(before, storage)),
  }
}

/** Removes these files of a user at once where no conversation shows them, with bytes that nobody else has. */
export async function dropFiles(files: { id: string; objectKey: string }[]): Promise<void> {
  if (files.length === 0) return
  const ids = files.map(({ id }) => id)
  const made = await madeKeys(ids)
  await removeUnused(ids)
  await removeMarked(await markUnreferenced([...files.map(({ objectKey }) => objectKey), ...made]), fileStorage())
}

/** Removes the bytes of objects whose removal has begun, also of one that a process left half-way. Returns how many. */
export async function removeMarked(keys: string[], storage: FileStorage): Promise<number> {
  for (const key of keys) {
    await storage.remove(key)
    await forgetObject(key)
  }
  return keys.length
}

/**
 * Removes bytes that have no row: of an upload that broke off between the two. What is older than the database belongs to
 * another one that was used with this data folder, and may be again.
 */
async function removeStray(before: Date, storage: FileStorage): Promise<number> {
  const began = await databaseBegan()
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
