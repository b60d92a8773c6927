/**
 * Where the bytes of files are stored. Every implementation passes `storage.cases.ts`. Uses a bucket if `S3_BUCKET` is
 * set, else a directory below the data folder.
 */
import path from "node:path"
import { config } from "@/lib/config"
import { directoryStorage } from "@/lib/files/directory-storage"
import { s3Storage } from "@/lib/files/s3-storage"
import { singleton } from "@/lib/singleton"

/** Bytes from `start` to `end`, inclusive. */
export interface ByteRange {
  start: number
  end: number
}

export interface StoredBytes {
  /** Size of the whole object. */
  size: number
  /** Created as it is read; a reader that doesn't read it to the end must cancel it. */
  body: ReadableStream<Uint8Array>
}

export interface ListedObject {
  key: string
  size: number
  modifiedAt: Date
}

/** Keys come from `newKey`, or are the hash of the content (64 hex digits) in earlier versions. Other keys throw. */
export interface FileStorage {
  /** Stores all bytes or nothing; survives a power failure once this resolves. Replaces an existing object. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }>
  /** The stored object, or a range within it; null if there is no object with this key. */
  get(key: string, range?: ByteRange): Promise<StoredBytes | null>
  has(key: string): Promise<boolean>
  /** A missing key isn't an error. */
  remove(key: string): Promise<void>
  /** All stored objects, in no particular order. */
  list(): AsyncIterable<ListedObject>
  /** Throws if nothing can be stored or read at the moment. */
  ready(): Promise<void>
  /**
   * A URL from which a browser can load the bytes directly for one minute, with these headers. Absent if bytes go
   * through this process.
   */
  link?(key: string, headers: { type: string; disposition: string }): Promise<string>
}

/** The file store in a data folder. */
export const folderStorage = (dataDir: string): FileStorage =>
  directoryStorage(path.join(dataDir, "files"), { earlier: path.join(dataDir, "images") })

/** The file store of this process. */
export const fileStorage = (): FileStorage =>
  singleton("fileStorage", () => {
    const { s3 } = config().store
    return s3 ? s3Storage(s3) : folderStorage(config().dataDir)
  })

/** The whole object in memory. Null if there is none with this key. */
export async function readWhole(storage: FileStorage, key: string): Promise<Buffer | null> {
  const stored = await storage.get(key)
  if (!stored) return null
  const pieces: Uint8Array[] = []
  for await (const piece of stored.body) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Wraps bytes in memory for `put`. */
export async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
