/** BMP, which libvips doesn't support. */
import { decode } from "bmp-ts"
import type { RawPicture } from "@/lib/images/decode/raw-file"

/** Throws if it can't be read; `allow` throws if it is too large. */
export function decodeBmp(bytes: Uint8Array, allow: (width: number, height: number) => void): RawPicture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const old = file.readUInt32LE(14) === 12
  const [width, height] = old
    ? [file.readUInt16LE(18), file.readUInt16LE(20)]
    : [Math.abs(file.readInt32LE(18)), Math.abs(file.readInt32LE(22))]
  if (width === 0 || height === 0) throw new Error("image has no pixels")
  allow(width, height)
  const decoded = decode(file, { toRGBA: true })
  const data = new Uint8Array(decoded.data.buffer, decoded.data.byteOffset, decoded.data.byteLength)
  if (decoded.width !== width || decoded.height !== height || data.length < width * height * 4)
    throw new Error("truncated")
  if (!hasAlpha(decoded.bitPP, data)) for (let at = 3; at < data.length; at += 4) data[at] = 255
  return { width, height, pixels: (pour) => pour(data.subarray(0, width * height * 4), 0), profile: null }
}

/** An image without alpha, or with an unused alpha channel, has 0 everywhere. */
function hasAlpha(bits: number | undefined, data: Uint8Array): boolean {
  if (bits !== 32) return false
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return true
  return false
}
