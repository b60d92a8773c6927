/** A file store in a directory: `files/ef/0198…ef`, and `images/ab/cdef…` for files that earlier versions stored. */
import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { access, constants, mkdir, open, opendir, rename, rm, stat } from "node:fs/promises"
import path from "node:path"
import type { Readable } from "node:stream"
import { checkKey, isHashKey } from "@/lib/files/keys"
import type { FileStorage, ListedObject } from "@/lib/files/storage"

const PART = ".part"
/** Milliseconds after which an unfinished file is assumed to belong to a dead process. */
const DEAD_MS = 24 * 60 * 60 * 1_000

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"

/** Resolves with the result of `work`, or null if the file doesn't exist. */
async function ifThere<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
}

/** Stores files below `folder`; `earlier` holds those named by the hash of their content. */
export function directoryStorage(folder: string, { earlier }: { earlier: string }): FileStorage {
  const fileOf = (key: string) => {
    checkKey(key)
    // Keys begin with a timestamp, so their last digits distribute them.
    return isHashKey(key) ? path.join(earlier, key.slice(0, 2), key.slice(2)) : path.join(folder, key.slice(-2), key)
  }
  return {
    put: async (key, bytes) => {
      const file = fileOf(key)
      await mkdir(path.dirname(file), { recursive: true })
      const unfinished = `${file}.${randomUUID()}${PART}`
      try {
        const written = await write(unfinished, bytes)
        await rename(unfinished, file)
        await syncFolder(path.dirname(file))
        return written
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (key, range) => {
      const handle = await ifThere(open(fileOf(key), "r"))
      if (!handle) return null
      const { size } = await handle.stat()
      // The handle keeps the bytes readable even if the file is removed meanwhile. It is closed with the stream.
      const stream = createReadStream("", { fd: handle, ...range })
      return { size, body: bodyOf(stream) }
    },
    has: async (key) => (await ifThere(stat(fileOf(key)))) !== null,
    remove: async (key) => rm(fileOf(key), { force: true }),
    list: () => listed([folder, earlier]),
    ready: async () => {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.W_OK)
    },
  }
}

/** Converts to a stream of bytes that is read chunk by chunk. */
function bodyOf(stream: Readable): ReadableStream<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      cancel: () => void stream.destroy(),
    },
    { highWaterMark: 0 },
  )
}

/** Synced to disk: a row must never refer to bytes that a power failure can lose. */
async function write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
  const handle = await open(file, "wx", 0o600)
  try {
    const hash = createHash("sha256")
    let size = 0
    for await (const piece of bytes) {
      hash.update(piece)
      size += piece.byteLength
      await handle.writeFile(piece)
    }
    await handle.sync()
    return { size, sha256: hash.digest("hex") }
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a handle on a folder.
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* listed(folders: string[]): AsyncGenerator<ListedObject> {
  for (const folder of folders)
    for await (const { parentPath, name } of filesBelow(folder)) {
      const file = path.join(parentPath, name)
      const found = await ifThere(stat(file))
      if (!found) continue
      if (name.endsWith(PART)) {
        if (found.mtimeMs < Date.now() - DEAD_MS) await rm(file, { force: true })
        continue
      }
      const key = name.length === 62 ? `${path.basename(parentPath)}${name}` : name
      yield { key, size: found.size, modifiedAt: found.mtime }
    }
}

/** Reads one two-digit folder at a time, so that a million files need no list in memory. */
async function* filesBelow(folder: string): AsyncGenerator<{ parentPath: string; name: string }> {
  const outer = await ifThere(opendir(folder))
  if (!outer) return
  for await (const entry of outer) {
    const parentPath = path.join(folder, entry.name)
    const inner = entry.isDirectory() ? await ifThere(opendir(parentPath)) : null
    if (inner) for await (const file of inner) if (file.isFile()) yield { parentPath, name: file.name }
  }
}
