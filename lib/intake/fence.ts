/**
 * Fencing for uploads: only the holder of the turn writes to an upload, even if another process was merely suspended
 * and resumes in the middle of its piece. Whoever follows a holder that didn't release the turn moves the bytes to a
 * new file, so late writes go to a file that no longer has a name.
 */
import { randomUUID } from "node:crypto"
import { copyFile, type FileHandle, open, readdir, rename, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { bytesOf } from "@/lib/intake/stage"
import type { UploadLockHandle } from "@/lib/intake/turns"

/** File name prefix of a writer's marker. */
const MARK = "writing-"

/** Runs `write` on the bytes of an upload. Throws `upload:cut` if the turn was lost before it started. */
export async function ownBytes<T>(
  [userId, id]: [userId: string, id: string],
  turn: Pick<UploadLockHandle, "check">,
  write: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const bytes = bytesOf(userId, id)
  const folder = path.dirname(bytes)
  const left = (await readdir(folder)).filter((name) => name.startsWith(MARK))
  if (left.length > 0) {
    const moved = path.join(folder, `moved-${randomUUID()}`)
    await copyFile(bytes, moved)
    await turn.check()
    await rename(moved, bytes)
    for (const name of left) await rm(path.join(folder, name), { force: true })
  }
  const mark = path.join(folder, `${MARK}${randomUUID()}`)
  await writeFile(mark, "", { mode: 0o600 })
  const file = await open(bytes, "r+")
  try {
    // The order matters: the next holder sees the marker, and the previous one has lost this file.
    await turn.check()
    return await write(file)
  } finally {
    await file.close()
    await rm(mark, { force: true })
  }
}
