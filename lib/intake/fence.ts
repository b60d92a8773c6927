/**
 * Nobody but the one whose turn it is writes to an upload, even where another process only slept and wakes up in the middle
 * of its piece: whoever follows one that didn't let go moves the bytes to a file of their own, and the other's late
 * writes go to a file that has no name any more.
 */
import { randomUUID } from "node:crypto"
import { copyFile, type FileHandle, open, readdir, rename, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { bytesOf } from "@/lib/intake/stage"
import type { MyTurn } from "@/lib/intake/turns"

/** Begins the name of the mark of one that writes. */
const MARK = "writing-"

/** Has `write` write to the bytes of an upload. Throws `upload:cut` when the turn was lost before it began. */
export async function ownBytes<T>(
  [userId, id]: [userId: string, id: string],
  turn: Pick<MyTurn, "check">,
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
    // In this order: whoever has the turn after this sees the mark, whoever had it before has lost this file.
    await turn.check()
    return await write(file)
  } finally {
    await file.close()
    await rm(mark, { force: true })
  }
}
