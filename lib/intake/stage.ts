/** Where an upload is stored until it is taken: a folder per user below the data folder. */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { config } from "@/lib/config"
import { idSchema } from "@/lib/ids"
import type { Taken } from "@/lib/intake/types"
import { isRecord } from "@/lib/is-record"

const root = () => path.join(/* turbopackIgnore: true */ config().dataDir, "uploads")
const foldersOf = (userId: string) => path.join(root(), idSchema.parse(userId))
const folderOf = (userId: string, id: string) => path.join(foldersOf(userId), idSchema.parse(id))

/** The file to which the bytes of an upload are appended. */
export const bytesOf = (userId: string, id: string): string => path.join(folderOf(userId, id), "bytes")

const metaSchema = z.object({
  /** Sanitized, for display only. */
  name: z.string(),
  /** Announced size in bytes. */
  size: z.number(),
  /** The result of taking it: its bytes are gone, and repeated requests return this. */
  taken: z
    .custom<Taken>((value) => isRecord(value) && typeof value.kind === "string")
    .nullable()
    .catch(null),
})
export type UploadMeta = z.infer<typeof metaSchema>

/** Null if this user has no such upload. */
export async function readUpload(userId: string, id: string): Promise<UploadMeta | null> {
  try {
    return metaSchema.parse(JSON.parse(await readFile(path.join(folderOf(userId, id), "meta.json"), "utf8")))
  } catch {
    return null
  }
}

/** Atomic: either fully written or unchanged. */
export async function writeUpload(userId: string, id: string, meta: UploadMeta): Promise<void> {
  const file = path.join(folderOf(userId, id), "meta.json")
  await writeFile(`${file}.part`, JSON.stringify(meta), { mode: 0o600 })
  await rename(`${file}.part`, file)
}

export async function makeUpload(userId: string, id: string, meta: UploadMeta): Promise<void> {
  await mkdir(folderOf(userId, id), { recursive: true, mode: 0o700 })
  await (await open(bytesOf(userId, id), "wx", 0o600)).close()
  await writeUpload(userId, id, meta)
}

/** Bytes received, and when the last of them arrived; null if there is no file, not even an empty one. */
export async function receivedBytes(userId: string, id: string): Promise<{ bytes: number; at: Date } | null> {
  const found = await stat(bytesOf(userId, id)).catch(() => null)
  return found && { bytes: found.size, at: found.mtime }
}

const remove = (what: string) => rm(what, { recursive: true, force: true, maxRetries: 3 })

export const removeBytes = (userId: string, id: string) => remove(bytesOf(userId, id))
export const removeUpload = (userId: string, id: string) => remove(folderOf(userId, id))
/** All of this user's uploads in progress. */
export const removeUploadsOf = (userId: string) => remove(foldersOf(userId))

const idsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => idSchema.safeParse(name).success)

/** An upload's share of the room. */
export interface Held {
  id: string
  /** It was taken, and nothing more can be requested of it. */
  done: boolean
  /** Bytes it takes, or will take: announced bytes count before they arrive. */
  bytes: number
  /** When it was last used. */
  at: Date
}

/** All of this user's uploads. */
export async function heldBy(userId: string): Promise<Held[]> {
  const held = await Promise.all((await idsIn(foldersOf(userId))).map((id) => heldAs(userId, id)))
  return held.filter((one) => one !== null)
}

async function heldAs(userId: string, id: string): Promise<Held | null> {
  const [arrived, meta] = await Promise.all([
    receivedBytes(userId, id),
    stat(path.join(folderOf(userId, id), "meta.json")).catch(() => null),
  ])
  if (!meta) return null
  // Only its result is kept, which can be a long text, so it isn't read to get the size.
  if (!arrived) return { id, done: true, bytes: meta.size, at: meta.mtime }
  const upload = await readUpload(userId, id)
  if (upload?.taken) return { id, done: false, bytes: arrived.bytes + meta.size, at: meta.mtime }
  return { id, done: false, bytes: Math.max(arrived.bytes, upload?.size ?? 0), at: arrived.at }
}

/** Removes uploads of all users that are unused since `before`. Returns how many. */
export async function removeUploadsBefore(before: Date): Promise<number> {
  let count = 0
  for (const userId of await idsIn(root()))
    for (const id of await idsIn(foldersOf(userId))) {
      const changed = await stat(bytesOf(userId, id)).catch(() => stat(folderOf(userId, id)).catch(() => null))
      if (!changed || changed.mtime >= before) continue
      await removeUpload(userId, id)
      count++
    }
  return count
}
