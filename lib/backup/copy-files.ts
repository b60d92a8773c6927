/** `npm run files:copy`: copies files from a directory to a bucket, or back. */
import { copyObject } from "@/lib/backup/objects"
import { iterateStoredObjects } from "@/lib/db/files"
import type { FileStorage } from "@/lib/files/storage"

const AT_ONCE = 4
const SAID_EVERY = 1_000

export interface CopiedFiles {
  copied: number
  /** Already in `to`, with the same bytes. */
  there: number
  /** Total of the copied files. */
  bytes: number
  /** Keys that are missing in `from`, or have different bytes there. */
  lost: string[]
}

/**
 * Copies every file that the database names and compares it with its hash. Existing files are read and compared too, so
 * the copy can be run again after an interruption, and once more after the move.
 */
export async function copyFiles(
  from: FileStorage,
  to: FileStorage,
  onProgress: (done: number) => void = () => {},
): Promise<CopiedFiles> {
  const result: CopiedFiles = { copied: 0, there: 0, bytes: 0, lost: [] }
  const objects = iterateStoredObjects()
  let done = 0
  const take = async () => {
    for await (const object of objects) {
      const outcome = await copyObject(from, to, object)
      if (outcome === "lost") result.lost.push(object.key)
      else result[outcome]++
      if (outcome === "copied") result.bytes += object.size
      if (++done % SAID_EVERY === 0) onProgress(done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, take))
  return result
}
