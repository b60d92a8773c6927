/**
 * The one way in for files. What a file is, its bytes say, never its name or its declared type: each kind is asked in
 * turn, and the first that knows it takes it.
 */
import { open } from "node:fs/promises"
import { AppError } from "@/lib/http/errors"
import { documentKind, longTextKind } from "@/lib/intake/document-kind"
import { imageKind } from "@/lib/intake/image-kind"
import { textKind } from "@/lib/intake/text-kind"
import type { Taken, TakeRequest } from "@/lib/intake/types"
import { countUpload } from "@/lib/observe/meters"

export interface FileLimits {
  /** That the person's files may take together; null: any number. */
  mostBytes: number | null
}

export interface Incoming extends FileLimits {
  userId: string
  /** Cleaned, for people only. */
  name: string
  /** Where its bytes lie, until the file is taken. */
  path: string
  size: number
}

export interface FileKind {
  /** Bytes that a file of this kind may have. */
  mostBytes(): number
  /** Whether it is one. `head`: its first 4,096 bytes. */
  knows(head: Uint8Array, file: Incoming): boolean | Promise<boolean>
  /** Throws an `AppError` whose sentence names the file and the reason. */
  take(file: Incoming, asked: TakeRequest): Promise<Taken>
}

/** Asked in this order. */
const KINDS: FileKind[] = [imageKind, documentKind, longTextKind, textKind]

const HEAD = 4_096

/** The most that any kind of file may have, in bytes. */
export const mostBytesOfFile = (): number => Math.max(...KINDS.map((kind) => kind.mostBytes()))

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10

/**
 * Takes a file in as what its bytes say that it is, if it is of one of these kinds. Throws `upload:unsupported`,
 * `upload:too_large`, and what its kind throws.
 */
export async function intake(file: Incoming, asked: TakeRequest = {}, kinds = KINDS): Promise<Taken> {
  const { name, size } = file
  const details = { name }
  if (size === 0) throw new AppError("upload:unsupported/empty", { values: { name }, details })
  const head = await headOf(file.path)
  for (const kind of kinds) {
    if (!(await kind.knows(head, file))) continue
    const limit = kind.mostBytes()
    if (size <= limit) {
      const taken = await kind.take(file, asked)
      countUpload(taken.kind, size)
      return taken
    }
    const values = { name, megabytes: megabytes(size), limit: megabytes(limit) }
    throw new AppError("upload:too_large", { values, details })
  }
  throw new AppError("upload:unsupported", { values: { name }, details })
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
