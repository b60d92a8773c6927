/**
 * Reads a zip on disk by its central directory: its contents are checked before anything is unpacked, and names are
 * never used as paths. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
 */
import type { FileHandle } from "node:fs/promises"
import { createInflateRaw } from "node:zlib"
import { drained } from "@/lib/drained.mjs"
import { AppError } from "@/lib/http/errors"

export interface ZipEntry {
  name: string
  /** Compressed and uncompressed size in bytes, as stated in the directory. */
  packed: number
  size: number
  stored: boolean
  /** Offset of its local header. */
  at: number
}

export interface ZipLimits {
  entries: number
  /** Maximum total uncompressed size in bytes. */
  bytes: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
/** Size of the end-of-directory record with the longest comment. */
const LONGEST_END = 22 + 65_535
const MAX_DIRECTORY = 64_000_000
/**
 * Highest compression ratio of an entry, except small ones. Chat text compresses about tenfold; deflate allows a
 * thousandfold.
 */
const MAX_RATIO = 200
const SMALL = 1_000_000
/** Placeholder values that indicate Zip64. */
const [WIDE16, WIDE32] = [0xffff, 0xffffffff]

const broken = (cause: string) => new AppError("import:broken_zip", { cause })

/** Whether a file begins like a zip. */
export async function isZip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
  const mark = bytesRead === 4 ? buffer.readUInt32LE(0) : 0
  return mark === LOCAL || mark === END
}

/** Lists the contents of a zip. Throws `import:*` if it is broken, encrypted, Zip64, or would unpack to too much. */
export async function zipEntries(file: FileHandle, limits: ZipLimits): Promise<ZipEntry[]> {
  const { size } = await file.stat()
  const { count, length, at } = await endOf(file, size)
  if (count === WIDE16 || length === WIDE32 || at === WIDE32) throw new AppError("import:zip64")
  if (count > limits.entries) throw new AppError("import:too_many_files", { values: { count, limit: limits.entries } })
  if (length > MAX_DIRECTORY || at + length > size) throw broken("directory out of bounds")
  const directory = await bytesAt(file, at, length)
  const entries: ZipEntry[] = []
  let total = 0
  let packed = 0
  for (let from = 0, n = 0; n < count; n++) {
    if (from + 46 > length || directory.readUInt32LE(from) !== ENTRY) throw broken(`entry ${n}`)
    const [nameLength, more, comment] = [28, 30, 32].map((of) => directory.readUInt16LE(from + of))
    const next = from + 46 + (nameLength ?? 0) + (more ?? 0) + (comment ?? 0)
    if (next > length) throw broken(`entry ${n}`)
    const entry = entryAt(directory, from, nameLength ?? 0)
    total += entry.size
    if (total > limits.bytes)
      throw new AppError("import:unpacks_too_large", { values: { limit: megabytes(limits.bytes) } })
    // Overlapping entries would unpack the same bytes over and over.
    packed += entry.packed
    if (packed > size) throw new AppError("import:bomb")
    entries.push(entry)
    from = next
  }
  return entries
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6)

function entryAt(directory: Buffer, from: number, nameLength: number): ZipEntry {
  const flags = directory.readUInt16LE(from + 8)
  const method = directory.readUInt16LE(from + 10)
  const [packed, size, at] = [20, 24, 42].map((of) => directory.readUInt32LE(from + of))
  const name = directory.toString("utf8", from + 46, from + 46 + nameLength)
  if (flags & 1) throw new AppError("import:encrypted")
  if (packed === WIDE32 || size === WIDE32 || at === WIDE32) throw new AppError("import:zip64")
  if (method !== 0 && method !== 8) throw broken(`method ${method}`)
  if ((size ?? 0) > SMALL && (size ?? 0) > (packed ?? 0) * MAX_RATIO) throw new AppError("import:bomb")
  return { name, packed: packed ?? 0, size: size ?? 0, stored: method === 0, at: at ?? 0 }
}

/** Finds the end-of-directory record, searching from the end of the file. */
async function endOf(file: FileHandle, size: number): Promise<{ count: number; length: number; at: number }> {
  const length = Math.min(size, LONGEST_END)
  const tail = await bytesAt(file, size - length, length)
  for (let from = length - 22; from >= 0; from--)
    if (tail.readUInt32LE(from) === END && from + 22 + tail.readUInt16LE(from + 20) === length)
      return {
        count: tail.readUInt16LE(from + 10),
        length: tail.readUInt32LE(from + 12),
        at: tail.readUInt32LE(from + 16),
      }
  throw broken("no end of central directory")
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead < length) throw broken("truncated")
  return buffer
}

const PIECE = 1 << 18

/**
 * Streams the bytes of an entry. Throws `import:broken_zip` if there are more than the directory states, or the data
 * isn't valid deflate.
 */
export async function* entryBytes(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer, void> {
  const header = await bytesAt(file, entry.at, 30)
  if (header.readUInt32LE(0) !== LOCAL) throw broken(`entry header`)
  const from = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = packedBytes(file, from, entry.packed)
  let read = 0
  try {
    for await (const piece of entry.stored ? packed : inflated(packed)) {
      read += piece.length
      if (read > entry.size) throw broken("an entry is longer than declared")
      yield piece
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("import:broken_zip", { cause: error })
  }
  if (read < entry.size) throw broken("an entry is shorter than declared")
}

async function* packedBytes(file: FileHandle, from: number, length: number): AsyncGenerator<Buffer, void> {
  for (let done = 0; done < length; ) {
    const piece = await bytesAt(file, from + done, Math.min(PIECE, length - done))
    done += piece.length
    yield piece
  }
}

async function* inflated(packed: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  const inflate = createInflateRaw()
  const feeding = (async () => {
    for await (const piece of packed) if (!inflate.write(piece)) await drained(inflate)
    inflate.end()
  })().catch((error: unknown) => inflate.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    yield* inflate
  } finally {
    inflate.destroy()
    await feeding
  }
}
