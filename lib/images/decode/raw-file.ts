/**
 * Writes the pixels of our own decoders to a file that libvips reads like any other, row by row: an uncompressed TIFF,
 * which can include their color profile.
 */
import { writeSync } from "node:fs"
import { open } from "node:fs/promises"

/**
 * Receives some of the pixels: RGBA, 8 bits per channel, row by row, and the byte offset at which they begin. Done when
 * it returns.
 */
export type PixelSink = (pixels: Uint8Array, at: number) => void

export interface RawPicture {
  width: number
  height: number
  /** Passes on its pixels, in pieces or all at once: no second copy in memory is needed. */
  pixels(pour: PixelSink): void | Promise<void>
  /** ICC. */
  profile: Uint8Array | null
}

const CHANNELS = 4
const ROWS_A_STRIP = 64
const [SHORT, LONG, UNDEFINED] = [3, 4, 7]
const SIZE_OF = { [SHORT]: 2, [LONG]: 4, [UNDEFINED]: 1 }

type Entry = [tag: number, type: number, values: number[] | Uint8Array]

/** Writes a little-endian TIFF of strips: the pixels, then the directory. */
export async function writeRaw(path: string, { width, height, pixels, profile }: RawPicture): Promise<void> {
  const strip = width * CHANNELS * ROWS_A_STRIP
  const starts = Array.from({ length: Math.ceil(height / ROWS_A_STRIP) }, (_, index) => index * strip)
  const all = width * height * CHANNELS
  const entries: Entry[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [8, 8, 8, 8]],
    [259, SHORT, [1]],
    [262, SHORT, [2]],
    [273, LONG, starts.map((start) => 8 + start)],
    [277, SHORT, [CHANNELS]],
    [278, LONG, [ROWS_A_STRIP]],
    [279, LONG, starts.map((start) => Math.min(strip, all - start))],
    [284, SHORT, [1]],
    // Alpha that is not premultiplied.
    [338, SHORT, [2]],
    ...(profile ? [[34_675, UNDEFINED, profile] satisfies Entry] : []),
  ]
  const directory = 8 + all + (all % 2)
  const head = Buffer.from("II*\0\0\0\0\0", "latin1")
  head.writeUInt32LE(directory, 4)
  const file = await open(path, "wx", 0o600)
  try {
    await file.write(head, 0, head.length, 0)
    let poured = 0
    await pixels((bytes, at) => {
      if (at < 0 || at + bytes.length > all) throw new RangeError(`pixels ${at} to ${at + bytes.length} of ${all}`)
      for (let from = 0; from < bytes.length; )
        from += writeSync(file.fd, bytes, from, bytes.length - from, 8 + at + from)
      poured += bytes.length
    })
    if (poured < all) throw new Error(`only ${poured} of ${all} bytes of pixels`)
    const described = describe(entries, directory)
    await file.write(described, 0, described.length, directory)
  } finally {
    await file.close()
  }
}

/** A directory located at `start`, followed by the values that don't fit in it. */
function describe(entries: Entry[], start: number): Buffer {
  const table = Buffer.alloc(2 + entries.length * 12 + 4)
  table.writeUInt16LE(entries.length, 0)
  const behind: Buffer[] = []
  let next = start + table.length
  for (const [index, [tag, type, values]] of entries.entries()) {
    const at = 2 + index * 12
    table.writeUInt16LE(tag, at)
    table.writeUInt16LE(type, at + 2)
    table.writeUInt32LE(values.length, at + 4)
    const bytes = bytesOf(type, values)
    if (bytes.length <= 4) bytes.copy(table, at + 8)
    else {
      table.writeUInt32LE(next, at + 8)
      const even = bytes.length % 2 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes
      behind.push(even)
      next += even.length
    }
  }
  return Buffer.concat([table, ...behind])
}

function bytesOf(type: number, values: number[] | Uint8Array): Buffer {
  if (values instanceof Uint8Array) return Buffer.from(values)
  const size = SIZE_OF[type] ?? 1
  const bytes = Buffer.alloc(values.length * size)
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * size, size)
  return bytes
}
