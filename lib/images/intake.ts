/**
 * A person's file as an image that every model takes: judged by its bytes, turned upright, stripped of its
 * metadata (place, camera), at most 2,048 px on the long side, JPEG or PNG.
 */
import { createHash } from "node:crypto"
import sharp, { type Metadata, type Sharp } from "sharp"
import { AppError } from "@/lib/http/errors"
import { imageFormatOf, isText } from "@/lib/images/format"

/** Pixels on the long side; models scale down to about this themselves. */
export const MAX_SIDE = 2_048
/** Pixels before decoding; a small file can unfold to gigabytes. */
const MAX_PIXELS = 100_000_000
/** Bytes that one image may take of a request's 10 MB of base64. */
const TARGET_BYTES = 1_500_000
const QUALITIES = [85, 75, 60, 45]
const MAX_NAME = 120

export interface NormalisedImage {
  data: Buffer
  mediaType: "image/jpeg" | "image/png"
  width: number
  height: number
  sha256: string
  name: string
}

const TAKES = "Sparkler takes PNG, JPEG, WebP, GIF, AVIF and TIFF."

/** Throws `image:unsupported` for what is no image of these kinds, `image:broken`, `image:too_large`. */
export async function normaliseImage(bytes: Uint8Array, fileName: string): Promise<NormalisedImage> {
  const name = cleanName(fileName)
  const format = imageFormatOf(bytes)
  if (!format) {
    const kind =
      bytes.length === 0
        ? "is empty"
        : isText(bytes)
          ? "is a text file, not an image"
          : "is not an image that can be read"
    throw new AppError("image:unsupported", `“${name}” ${kind}. ${TAKES}`, { details: { name } })
  }
  const metadata = await readMetadata(bytes, name, format)
  try {
    return { ...(await encode(bytes, metadata)), name }
  } catch (cause) {
    throw new AppError("image:broken", `“${name}” is damaged or incomplete: its picture can't be decoded.`, {
      cause,
      details: { name },
    })
  }
}

const open = (bytes: Uint8Array): Sharp => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", pages: 1 })

async function readMetadata(bytes: Uint8Array, name: string, format: string): Promise<Metadata> {
  let metadata: Metadata
  try {
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch (cause) {
    const known = ["png", "jpeg", "webp", "gif", "avif", "tiff"].includes(format)
    if (!known)
      throw new AppError(
        "image:unsupported",
        `“${name}” is a ${format.toUpperCase()} file, which can't be read here. ${TAKES}`,
        { cause, details: { name } },
      )
    throw new AppError("image:broken", `“${name}” is damaged or incomplete: its picture can't be decoded.`, {
      cause,
      details: { name },
    })
  }
  const pixels = metadata.width * metadata.height
  if (pixels > MAX_PIXELS)
    throw new AppError(
      "image:too_large",
      `“${name}” has ${Math.round(pixels / 1_000_000).toLocaleString("en")} megapixels; the limit is ${MAX_PIXELS / 1_000_000}.`,
      { details: { name } },
    )
  return metadata
}

type Encoded = Omit<NormalisedImage, "name">

async function encode(bytes: Uint8Array, metadata: Metadata): Promise<Encoded> {
  const upright = await open(bytes)
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
  const raw = () => sharp(upright.data, { raw: upright.info })
  const { isOpaque } = metadata.hasAlpha ? await raw().stats() : { isOpaque: true }
  const png = await raw().png({ compressionLevel: 9, effort: 4 }).toBuffer()
  const [best] = [
    png,
    ...(isOpaque ? [await raw().jpeg({ quality: QUALITIES[0], mozjpeg: true }).toBuffer()] : []),
  ].sort((a, b) => a.length - b.length)
  const { width, height } = upright.info
  const data = best && best.length <= TARGET_BYTES ? best : await shrink(raw, isOpaque)
  return {
    data,
    mediaType: data[0] === 0x89 ? "image/png" : "image/jpeg",
    width,
    height,
    sha256: createHash("sha256").update(data).digest("hex"),
  }
}

/** Lower quality until it fits; a transparent picture lands on white, as a page would show it. */
async function shrink(raw: () => Sharp, isOpaque: boolean): Promise<Buffer> {
  let smallest: Buffer | undefined
  for (const quality of QUALITIES) {
    const flat = isOpaque ? raw() : raw().flatten({ background: "#ffffff" })
    smallest = await flat.jpeg({ quality, mozjpeg: true }).toBuffer()
    if (smallest.length <= TARGET_BYTES) break
  }
  if (!smallest) throw new Error("no encoding was tried")
  return smallest
}

/** A name for people only, never a path: without folders, control characters, and bounded. */
export function cleanName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? ""
  const printable = base.replace(/[\p{Cc}\p{Cf}"<>]/gu, "").trim()
  return printable.slice(-MAX_NAME) || "image"
}
