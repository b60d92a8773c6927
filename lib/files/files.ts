/** A person's files: storing, reading, and counting them. */
import { createReadStream } from "node:fs"
import {
  addDerivatives,
  createFileOf,
  createFileWith,
  type DerivativeRow,
  derivativesOf,
  type FileRow,
  findFile,
  findFiles,
  liveObject,
  type NewDerivative,
  type NewFile,
  type NewObject,
} from "@/lib/db/files"
import { newKey } from "@/lib/files/keys"
import { type ByteRange, type FileStorage, fileStorage, inOne, readWhole, type StoredBytes } from "@/lib/files/storage"

export { storedBytes } from "@/lib/db/files"

/** Bytes in memory, or a file that contains them, with their SHA-256 in hex. */
export interface Content {
  bytes: Uint8Array | { path: string }
  sha256: string
}

/** A derivative of a file, with its bytes. */
export type MadeOf = Omit<DerivativeRow, "fileId" | "objectKey"> & Content

/**
 * Stores bytes as a file of this user, with its derivatives. Identical content is stored once for all users, unless the
 * existing object is just being removed.
 */
export async function storeFile(
  file: NewFile,
  content: Content,
  made: MadeOf[] = [],
  storage = fileStorage(),
): Promise<void> {
  for (const anew of [false, true]) {
    const object = await stored(content, anew, storage)
    const derivatives = await storedOf(made, anew, storage)
    const kept =
      "sha256" in object ? createFileWith(file, object, derivatives) : createFileOf(file, object.key, derivatives)
    if (await kept) return
  }
  throw new Error("objects that were just stored have disappeared")
}

/** Adds derivatives to a file. Fails (`isMissingTarget`) if the file no longer exists. */
export async function storeDerivatives(fileId: string, made: MadeOf[], storage = fileStorage()): Promise<void> {
  if (!(await addDerivatives(fileId, await storedOf(made, false, storage))))
    await addDerivatives(fileId, await storedOf(made, true, storage))
}

async function storedOf(made: MadeOf[], anew: boolean, storage: FileStorage): Promise<NewDerivative[]> {
  const derivatives: NewDerivative[] = []
  for (const { bytes, sha256, ...row } of made)
    derivatives.push({ ...row, object: await stored({ bytes, sha256 }, anew, storage) })
  return derivatives
}

/** The object with this content, stored if it doesn't exist; `anew`: always stored again. */
async function stored(
  { bytes, sha256 }: Content,
  anew: boolean,
  storage: FileStorage,
): Promise<NewObject | { key: string }> {
  const pieces = () => (bytes instanceof Uint8Array ? inOne(bytes) : createReadStream(bytes.path))
  const there = anew ? null : await liveObject(sha256)
  if (there) {
    // The store may have lost the object.
    if (!(await storage.has(there.key))) await storage.put(there.key, pieces())
    return there
  }
  const key = newKey()
  return { key, ...(await storage.put(key, pieces())) }
}

/** The derivatives of this user's files among `ids`, in no particular order. */
export const madeOf = derivativesOf

/** The bytes behind this person's row, or a range of them; null if they are lost. */
export const openObject = (objectKey: string, range?: ByteRange): Promise<StoredBytes | null> =>
  fileStorage().get(objectKey, range)

/** All the bytes behind a row; null if they are lost. */
export const readObject = (objectKey: string): Promise<Buffer | null> => readWhole(fileStorage(), objectKey)

/** A file of this user; null if there is none of this kind. */
export async function fileOf(userId: string, id: string, kind: FileRow["kind"]): Promise<FileRow | null> {
  const row = await findFile(id, userId)
  return row?.kind === kind ? row : null
}

export interface OpenFile extends StoredBytes {
  row: FileRow
}

/** A file of this user with its bytes; null if there is none. */
export async function openFile(userId: string, id: string): Promise<OpenFile | null> {
  const row = await findFile(id, userId)
  const stored = row && (await openObject(row.objectKey))
  return stored && { row, ...stored }
}

/** This user's files among `ids` with all their bytes, in no particular order. Lost ones are left out. */
export async function readFiles(userId: string, ids: string[], storage: FileStorage = fileStorage()) {
  const rows = ids.length > 0 ? await findFiles(ids, userId) : []
  const files: { row: FileRow; data: Buffer }[] = []
  for (const row of rows) {
    const data = await readWhole(storage, row.objectKey)
    if (data) files.push({ row, data })
  }
  return files
}
