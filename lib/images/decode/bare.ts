/** Whether a PNG or JPEG contains the picture and nothing else: no metadata, no comments, no trailing data. */

/** PNG chunks needed to render it. */
const PNG_CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "pHYs", "IDAT", "IEND"])
const PNG_SIGN = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Tables, frames, and scans of a JPEG; APP0 is its density. */
const JPEG_SEGMENTS = new Set([0xdb, 0xc4, 0xdd, 0xe0, 0xc0, 0xc1, 0xc2])
const [START, END, SCAN] = [0xd8, 0xd9, 0xda]

export function isBare(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (PNG_SIGN.every((byte, at) => view[at] === byte)) return isBarePng(view)
  return view[0] === 0xff && view[1] === START && isBareJpeg(view)
}

function isBarePng(view: Buffer): boolean {
  for (let at = PNG_SIGN.length; at + 12 <= view.length; ) {
    const name = view.toString("latin1", at + 4, at + 8)
    if (!PNG_CHUNKS.has(name)) return false
    at += 12 + view.readUInt32BE(at)
    if (name === "IEND") return at === view.length
  }
  return false
}

function isBareJpeg(view: Buffer): boolean {
  let at = 2
  while (at + 4 <= view.length) {
    if (view[at] !== 0xff) return false
    const mark = view[at + 1] ?? 0
    if (mark === END) return at + 2 === view.length
    const next = at + 2 + view.readUInt16BE(at + 2)
    if (mark === SCAN) at = endOfScan(view, next)
    else if (JPEG_SEGMENTS.has(mark)) at = next
    else return false
  }
  return view[at] === 0xff && view[at + 1] === END && at + 2 === view.length
}

/** The end of the scan data: a marker that is neither a stuffed byte nor a restart. */
function endOfScan(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at >= 0 && at + 1 < view.length; at = view.indexOf(0xff, at + 1)) {
    const mark = view[at + 1] ?? 0
    if (mark !== 0 && !(mark >= 0xd0 && mark <= 0xd7)) return at
  }
  return view.length
}
