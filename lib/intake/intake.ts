/**
 * The single entry point for files. A file's kind is detected from its bytes, never from its name or declared type:
 * each kind is asked in turn, and the first that recognizes the file takes it.
 */
import { open } from "node:fs/promises"
import { AppError } from "@/lib/http/errors"
import { documentKind, longTextKind } from "@/lib/intake/document-kind"
import { imageKind } from "@/lib/intake/image-kind"
import { textKind } from "@/lib/intake/text-kind"
import type { Taken, TakeRequest } from "@/lib/intake/types"
import { countUpload } from "@/lib/observe/meters"

export interface FileLimits {
  /** Storage limit for all of the user's files; null for no limit. */
  mostBytes: number | null
}

export interface Incoming extends FileLimits {
  userId: string
  /** Sanitized, for display only. */
  name: string
  /** Path of its bytes, until the file is taken. */
  path: string
  size: number
}

export interface FileKind {
  /** Maximum size in bytes of a file of this kind. */
  mostBytes(): number
  /** Whether the file is of this kind. `head`: its first 4,096 bytes. */
  knows(head: Uint8Array, file: Incoming): boolean | Promise<boolean>
  /** Throws an `AppError` whose message names the file and the reason. */
  take(file: Incoming, asked: TakeRequest): Promise<Taken>
}

/** In order of precedence. */
const KINDS: FileKind[] = [imageKind, documentKind, longTextKind, textKind]

const HEAD = 4_096

/** The highest size limit of any kind of file, in bytes. */
export const maxFileBytes = (): number => Math.max(...KINDS.map((kind) => kind.mostBytes()))

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10

/**
 * Stores a file as the kind detected from its bytes, if it is one of these kinds. Throws `upload:unsupported`,
 * `upload:too_large`, and the errors of its kind.
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
