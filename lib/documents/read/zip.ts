/**
 * The parts of an office file or book. What it holds is judged by its directory before anything is unpacked; no part can
 * become longer than the directory says.
 */
import { strFromU8, unzipSync, zipSync } from "fflate"
import { Unreadable } from "@/lib/documents/read/unreadable"

export interface PartInfo {
  name: string
  /** Unpacked, in bytes, as the directory says. */
  size: number
}

const MOST_PARTS = 20_000
/** How many times its bytes a part may unfold to; small ones aside. XML of a regular sheet takes a fiftieth. */
const MOST_RATIO = 400
const SMALL = 2_000_000
/** Bytes of everything that is unpacked of a file. */
const MOST_UNPACKED = 60_000_000

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
      // Parts that lie on each other unfold the same bytes again and again.
      if (packed > bytes.length || parts.size >= MOST_PARTS) throw new Unreadable("bomb")
      if (originalSize > SMALL && originalSize > size * MOST_RATIO) throw new Unreadable("bomb")
      parts.set(name, { name, size: originalSize })
      return false
    })
    return new Package(bytes, parts)
  }

  has(name: string): boolean {
    return this.parts.has(name)
  }

  /** The bytes of these parts. Throws `Unreadable` once all that was unpacked is too much. */
  read(wanted: (name: string) => boolean): Map<string, Uint8Array> {
    for (const { name, size } of this.parts.values()) if (wanted(name)) this.unpacked += size
    if (this.unpacked > MOST_UNPACKED) throw new Unreadable("unpacked")
    return new Map(Object.entries(unzipped(this.bytes, ({ name }) => wanted(name))))
  }

  /** The text of a part; null when there is none. */
  text(name: string): string | null {
    const bytes = this.has(name) ? this.read((other) => other === name).get(name) : undefined
    return bytes ? textOf(bytes) : null
  }

  /** A package of these parts only, for libraries that unpack on their own: its directory says the truth. */
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

/** XML says its encoding by its first bytes; all of these files are UTF-8 or, seldom, UTF-16. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  return strFromU8(bytes).replace(/^\uFEFF/, "")
}
