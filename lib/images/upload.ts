import {
  MaxFileSizeExceededError,
  MaxPartsExceededError,
  MaxTotalSizeExceededError,
  type MultipartPart,
  parseMultipartRequest,
} from "@remix-run/multipart-parser"
import { AppError } from "@/lib/http/errors"
import { cleanName } from "@/lib/images/name"

const FIELD = "file"
/** Maximum number of other fields besides the files; they are ignored. */
const OTHER_PARTS = 10

export interface UploadedFile {
  /** As sent; for display only. */
  name: string
  bytes: Uint8Array
}

export interface UploadLimits {
  maxFiles: number
  /** Limit for one file. */
  maxBytes: number
}

/**
 * Streams the files of a multipart body one by one; only one is in memory at a time. Throws `image:too_large`,
 * `image:too_many`, `request:invalid`.
 */
export async function* readFiles(request: Request, limits: UploadLimits): AsyncGenerator<UploadedFile, void> {
  const { maxFiles, maxBytes } = limits
  let count = 0
  try {
    // A file of up to twice the limit is read completely, so that the error can name it.
    const parts = parseMultipartRequest(request, {
      maxFileSize: 2 * maxBytes,
      maxParts: maxFiles + OTHER_PARTS,
      maxTotalSize: (maxFiles + 1) * maxBytes,
    })
    for await (const part of parts) {
      if (part.name !== FIELD || part.filename === undefined) continue
      if (++count > maxFiles) throw tooMany(limits)
      yield toFile(part, part.filename, limits)
    }
    if (count === 0) throw new AppError("request:invalid/no_files")
  } catch (error) {
    throw toAppError(error, limits)
  } finally {
    await drain(request.body, maxFiles * maxBytes)
  }
}

function toFile(part: MultipartPart, name: string, { maxBytes }: UploadLimits): UploadedFile {
  const { size } = part
  if (size <= maxBytes) return { name, bytes: part.bytes }
  const named = { name: cleanName(name) }
  const values = { ...named, megabytes: megabytes(size), limit: megabytes(maxBytes) }
  throw new AppError("image:too_large/bytes", { values, details: named })
}

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10

const tooMany = ({ maxFiles }: UploadLimits) => new AppError("image:too_many/at_once", { values: { count: maxFiles } })

function toAppError(cause: unknown, limits: UploadLimits): AppError {
  if (cause instanceof AppError) return cause
  if (cause instanceof MaxFileSizeExceededError)
    return new AppError("image:too_large/far", { values: { limit: megabytes(limits.maxBytes) }, cause })
  if (cause instanceof MaxTotalSizeExceededError) return new AppError("image:too_large/together", { cause })
  if (cause instanceof MaxPartsExceededError) return tooMany(limits)
  return new AppError("request:invalid/upload", { cause })
}

/** Reads and discards the rest: a browser shows no response before it has sent its body. */
async function drain(body: ReadableStream<Uint8Array> | null, most: number): Promise<void> {
  if (!body || body.locked) return
  let size = 0
  try {
    for await (const bytes of body) {
      size += bytes.byteLength
      if (size > most) break
    }
  } catch {
    // The client is gone: there is nobody to respond to.
  }
}
