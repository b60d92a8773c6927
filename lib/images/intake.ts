/**
 * A person's file as an image that every model takes: judged by its bytes, turned upright, stripped of its
 * metadata (place, camera), at most 2,048 px on the long side, JPEG or PNG.
 */
import { createHash } from "node:crypto"
import sharp, { type Metadata } from "sharp"
import { AppError } from "@/lib/http/errors"
import { isBare } from "@/lib/images/bare"
import { type ImageFormat, imageFormatOf, isText } from "@/lib/images/format"
import { cleanName } from "@/lib/images/name"

/** Pixels on the long side; models scale down to about this themselves. */
export const MAX_SIDE = 2_048
/** Pixels before decoding; a small file can unfold to gigabytes. */
const MAX_PIXELS = 100_000_000
/** The ten images of a message fit the 10 MB of base64 that a request may have. */
const TARGET_BYTES = 700_000
/** What is tried, in order, until a picture fits. The last fits always: 512² pixels of noise have about 200 kB. */
const SMALLER = [
  { quality: 75, side: MAX_SIDE },
  { quality: 60, side: MAX_SIDE },
  { quality: 75, side: 1_280 },
  { quality: 60, side: 1_024 },
  { quality: 60, side: 512 },
]
const QUALITY = 85
/** How many times the bytes of a JPEG an exact picture is worth: text stays sharp. Photos take 10 to 30 times. */
const PNG_WORTH = 2
/** Below this, exact costs nothing. */
const SMALL_BYTES = 100_000
const DECODE_SECONDS = 30

interface NormalizedImage {
  data: Buffer
  mediaType: "image/jpeg" | "image/png"
  width: number
  height: number
  sha256: string
  name: string
}

const READABLE: readonly ImageFormat[] = ["png", "jpeg", "webp", "gif", "avif", "tiff"]

// libvips reads many formats, some of them programs (SVG). Only these, whatever it takes a file for.
sharp.block({ operation: ["VipsForeignLoad"] })
sharp.unblock({
  operation: ["Png", "Jpeg", "Webp", "Nsgif", "Heif", "Tiff"].map((loader) => `VipsForeignLoad${loader}`),
})

/** Throws `image:unsupported` for what is no image of these kinds, `image:broken`, `image:too_large`. */
export async function normalizeImage(bytes: Uint8Array, fileName: string): Promise<NormalizedImage> {
  const name = cleanName(fileName)
  const format = imageFormatOf(bytes)
  if (!isTaken(format)) throw notTaken(bytes, format, name)
  const damaged = (cause: unknown) => undecodable(format, name, cause)
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause) => {
      throw damaged(cause)
    })
  const pixels = metadata.width * metadata.height
  if (pixels > MAX_PIXELS)
    throw new AppError("image:too_large/pixels", {
      values: { name, megapixels: Math.round(pixels / 1_000_000), limit: MAX_PIXELS / 1_000_000 },
      details: { name },
    })
  try {
    return { ...(await encode(bytes, metadata)), name }
  } catch (cause) {
    throw damaged(cause)
  }
}

/**
 * The bytes themselves, where they are as `normalizeImage` leaves them: an image of Sparkler's own that comes back is not
 * encoded once more. Null: it has to go through it. Decoded all the same, so that what is kept is an image.
 */
export async function normalizedBefore(bytes: Uint8Array, fileName: string): Promise<NormalizedImage | null> {
  if (bytes.length > TARGET_BYTES || !isBare(bytes)) return null
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).timeout({ seconds: DECODE_SECONDS })
    const { width, height, format, space, depth } = await image.metadata()
    if ((format !== "jpeg" && format !== "png") || Math.max(width, height) > MAX_SIDE) return null
    if (space !== "srgb" || depth !== "uchar") return null
    await image.stats()
    const mediaType = format === "png" ? "image/png" : "image/jpeg"
    return {
      ...{ data: Buffer.from(bytes), mediaType, width, height },
      sha256: createHash("sha256").update(bytes).digest("hex"),
      name: cleanName(fileName),
    }
  } catch {
    return null
  }
}

/** What libvips says of pictures that are whole, but of a kind that it has no decoder for. */
const NO_DECODER = /not (?:supported|configured|implemented)|no known route|bad labq|LOGLUV/i

/** Why a picture of a known format can't be decoded. Of TIFF's many kinds, which of the two it is can't always be told. */
function undecodable(format: ImageFormat | null, name: string, cause: unknown): AppError {
  const details = { name }
  if (format !== null && NO_DECODER.test(String(cause)))
    return new AppError("image:unsupported/kind", { values: { name, format: format.toUpperCase() }, details, cause })
  return new AppError(format === "tiff" ? "image:broken/tiff" : "image:broken", { values: { name }, details, cause })
}

const isTaken = (format: ImageFormat | null) => format !== null && READABLE.includes(format)

function notTaken(bytes: Uint8Array, format: ImageFormat | null, name: string): AppError {
  const details = { name }
  if (format)
    return new AppError("image:unsupported/format", { values: { name, format: format.toUpperCase() }, details })
  if (bytes.length === 0) return new AppError("image:unsupported/empty", { values: { name }, details })
  const key = isText(bytes) ? "image:unsupported/text" : "image:unsupported/no_image"
  return new AppError(key, { values: { name }, details })
}

/** 8-bit sRGB pixels, upright, of the first frame. */
async function decode(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", pages: 1 })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return () => sharp(data, { raw: { width, height, channels } })
}

type Encoded = Omit<NormalizedImage, "name">

/** Drawings and screenshots stay exact, photos stay small. */
async function encode(bytes: Uint8Array, { format, hasAlpha }: Metadata): Promise<Encoded> {
  const picture = await decode(bytes)
  const isOpaque = !hasAlpha || (await picture().stats()).isOpaque
  const opaque = () => (isOpaque ? picture().removeAlpha() : picture().flatten({ background: "#ffffff" }))
  const jpeg = isOpaque ? await opaque().jpeg({ quality: QUALITY }).toBuffer() : undefined
  // What was a JPEG is exact no more.
  const png = format === "jpeg" ? undefined : await (isOpaque ? opaque() : picture()).png().toBuffer()
  const worth = jpeg ? Math.max(jpeg.length * PNG_WORTH, SMALL_BYTES) : TARGET_BYTES
  let data = png && png.length <= worth ? png : jpeg
  for (const { quality, side } of SMALLER) {
    if (data && data.length <= TARGET_BYTES) break
    // A transparent picture lands on white, as a page would show it.
    data = await opaque()
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer()
  }
  if (!data) throw new Error("no encoding was tried")
  const { width, height, format: encoded } = await sharp(data).metadata()
  return {
    data,
    mediaType: encoded === "png" ? "image/png" : "image/jpeg",
    width,
    height,
    sha256: createHash("sha256").update(data).digest("hex"),
  }
}
