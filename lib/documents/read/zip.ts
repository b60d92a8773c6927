/**
 * The parts of an office file or book. Its contents are checked by the directory before anything is unpacked; no part
 * can unpack to more than the directory states.
 */
import { strFromU8, unzipSync, zipSync } from "fflate"
import { Unreadable } from "@/lib/documents/read/unreadable"

export interface PartInfo {
  name: string
  /** Uncompressed size in bytes, as stated in the directory. */
  size: number
}

const MAX_PARTS = 20_000
/** Highest compression ratio of a part, except small ones. XML of a regular sheet compresses about fiftyfold. */
const MAX_RATIO = 400
const SMALL = 2_000_000
/** Maximum total size in bytes unpacked from one file. */
const MAX_UNPACKED = 60_000_000

export class Package {
  private unpacked = 0

  private constructor(
    private readonly bytes: Uint8Array,
    readonly parts: ReadonlyMap<string, PartInfo>,
  ) {}

  /** Throws `Unreadable`. */
  static open(bytes: Uint8Array): Package {
    const parts = new Map<string, PartInfo>()
    let packed = 0
    unzipped(bytes, ({ name, originalSize, size }) => {
      packed += size
      // Overlapping parts would unpack the same bytes over and over.
      if (packed > bytes.length || parts.size >= MAX_PARTS) throw new Unreadable("bomb")
      if (originalSize > SMALL && originalSize > size * MAX_RATIO) throw new Unreadable("bomb")
      parts.set(name, { name, size: originalSize })
      return false
    })
    return new Package(bytes, parts)
  }

  has(name: string): boolean {
    return this.parts.has(name)
  }

  /** The bytes of these parts. Throws `Unreadable` once too much has been unpacked in total. */
  read(wanted: (name: string) => boolean): Map<string, Uint8Array> {
    for (const { name, size } of this.parts.values()) if (wanted(name)) this.unpacked += size
    if (this.unpacked > MAX_UNPACKED) throw new Unreadable("unpacked")
    return new Map(Object.entries(unzipped(this.bytes, ({ name }) => wanted(name))))
  }

  /** The text of a part; null if it doesn't exist. */
  text(name: string): string | null {
    const bytes = this.has(name) ? this.read((other) => other === name).get(name) : undefined
    return bytes ? textOf(bytes) : null
  }

  /** A package with only these parts, for libraries that unpack on their own: its directory is accurate. */
  only(wanted: (name: string) => boolean): Buffer {
    return Buffer.from(zipSync(Object.fromEntries(this.read(wanted)), { level: 0 }))
  }
}

type Filter = (part: { name: string; size: number; originalSize: number }) => boolean

function unzipped(bytes: Uint8Array, filter: Filter): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter })
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("broken", error)
  }
}

/** XML shows its encoding in the first bytes; all of these files are UTF-8 or, rarely, UTF-16. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  return strFromU8(bytes).replace(/^\uFEFF/, "")
}
