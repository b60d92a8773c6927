/** Where an upload lies until it is taken: a folder of its own below the data folder, one a person. */
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

/** The file that the bytes of an upload are appended to. */
export const bytesOf = (userId: string, id: string): string => path.join(folderOf(userId, id), "bytes")

const metaSchema = z.object({
  /** Cleaned, for people only. */
  name: z.string(),
  /** Bytes that it will have. */
  size: z.number(),
  /** What it turned out to be: its bytes are gone, and asked again it is this. */
  taken: z
    .custom<Taken>((value) => isRecord(value) && typeof value.kind === "string")
    .nullable()
    .catch(null),
})
export type UploadMeta = z.infer<typeof metaSchema>

/** Null when there is none of this person's. */
export async function readUpload(userId: string, id: string): Promise<UploadMeta | null> {
  try {
    return metaSchema.parse(JSON.parse(await readFile(path.join(folderOf(userId, id), "meta.json"), "utf8")))
  } catch {
    return null
  }
}

/** Whole, or as it was before. */
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

/** Bytes that have arrived, and when the last of them did; null when there are none, not even an empty file. */
export async function arrivedOf(userId: string, id: string): Promise<{ bytes: number; at: Date } | null> {
  const found = await stat(bytesOf(userId, id)).catch(() => null)
  return found && { bytes: found.size, at: found.mtime }
}

const remove = (what: string) => rm(what, { recursive: true, force: true, maxRetries: 3 })

export const removeBytes = (userId: string, id: string) => remove(bytesOf(userId, id))
export const removeUpload = (userId: string, id: string) => remove(folderOf(userId, id))
/** All that this person has on the way. */
export const removeUploadsOf = (userId: string) => remove(foldersOf(userId))

const idsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => idSchema.safeParse(name).success)

/** An upload as it takes room. */
export interface Held {
  id: string
  /** It was taken in, and nothing more of it can be asked for. */
  done: boolean
  /** That it takes, or will: what was announced counts before it arrives. */
  bytes: number
  /** When something was last done to it. */
  at: Date
}

/** All that this person has here. */
export async function heldBy(userId: string): Promise<Held[]> {
  const held = await Promise.all((await idsIn(foldersOf(userId))).map((id) => heldAs(userId, id)))
  return held.filter((one) => one !== null)
}

async function heldAs(userId: string, id: string): Promise<Held | null> {
  const [arrived, meta] = await Promise.all([
    arrivedOf(userId, id),
    stat(path.join(folderOf(userId, id), "meta.json")).catch(() => null),
  ])
  if (!meta) return null
  // Its answer alone is kept, which can be a long text: not read for its size.
  if (!arrived) return { id, done: true, bytes: meta.size, at: meta.mtime }
  const upload = await readUpload(userId, id)
  if (upload?.taken) return { id, done: false, bytes: arrived.bytes + meta.size, at: meta.mtime }
  return { id, done: false, bytes: Math.max(arrived.bytes, upload?.size ?? 0), at: arrived.at }
}

/** Removes what nobody went on with since `before`, of everybody. Returns how many. */
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
