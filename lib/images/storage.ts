/** Where the bytes of images lie, under the hash of their content. */
import { randomUUID } from "node:crypto"
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises"
import path from "node:path"
import { config } from "@/lib/config"

interface ImageStorage {
  /** Stores bytes under their SHA-256 in hex; the same content is stored once. */
  put(sha256: string, data: Uint8Array): Promise<void>
  /** The bytes, or null when there are none of that hash. */
  get(sha256: string): Promise<Buffer | null>
  delete(sha256: string): Promise<void>
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"

/** A row must never name bytes that a power cut can take. */
async function writeSynced(file: string, data: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", 0o600)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Files below `folder`: `ab/cdef…`. The hash is all that makes the path, never a name from outside. */
export function fileStorage(folder: string): ImageStorage {
  const fileOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a SHA-256 in hex")
    return path.join(folder, sha256.slice(0, 2), sha256.slice(2))
  }
  return {
    put: async (sha256, data) => {
      const file = fileOf(sha256)
      if (await stat(file).catch(() => null)) return
      await mkdir(path.dirname(file), { recursive: true })
      const unfinished = `${file}.${randomUUID()}.part`
      try {
        await writeSynced(unfinished, data)
        await rename(unfinished, file)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (sha256) => {
      try {
        return await readFile(fileOf(sha256))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    delete: async (sha256) => rm(fileOf(sha256), { force: true }),
  }
}

export const imageStorage = (): ImageStorage => fileStorage(path.join(config().dataDir, "images"))
