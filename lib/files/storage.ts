/**
 * Where the bytes of files lie. `storage.cases.ts` holds for every make; the one in use is a bucket where `S3_BUCKET` names
 * one, else a directory below the data folder.
 */
import path from "node:path"
import { config } from "@/lib/config"
import { directoryStorage } from "@/lib/files/directory-storage"
import { s3Storage } from "@/lib/files/s3-storage"
import { singleton } from "@/lib/singleton"

/** Of the bytes from `start` to `end`, both included. */
export interface ByteRange {
  start: number
  end: number
}

export interface StoredBytes {
  /** Of the whole. */
  size: number
  /** Made as it is read; who does not read it to its end has to cancel it. */
  body: ReadableStream<Uint8Array>
}

export interface ListedObject {
  key: string
  size: number
  modifiedAt: Date
}

/** Keys are what `newKey` makes, or the hash of the content (64 hex digits) as earlier versions did. Other keys throw. */
export interface FileStorage {
  /** Stores what is read, all or nothing; it is safe from a power cut when this resolves. Stored before: replaced. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }>
  /** What is stored, or a piece of it that lies inside; null when there is nothing of this key. */
  get(key: string, range?: ByteRange): Promise<StoredBytes | null>
  has(key: string): Promise<boolean>
  /** Nothing of this key is no fault. */
  remove(key: string): Promise<void>
  /** All that is stored, in no order. */
  list(): AsyncIterable<ListedObject>
  /** Throws when nothing could be stored or read now. */
  ready(): Promise<void>
  /**
   * An address from which a browser gets the bytes by itself for a minute, with these headers. Absent where bytes go
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

/** All of it, in memory. Null when there is nothing of this key. */
export async function readWhole(storage: FileStorage, key: string): Promise<Buffer | null> {
  const stored = await storage.get(key)
  if (!stored) return null
  const pieces: Uint8Array[] = []
  for await (const piece of stored.body) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Bytes that are in memory, as `put` takes them. */
export async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
