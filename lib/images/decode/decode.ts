/**
 * Converts a user's file to the pictures that are stored: detected by its bytes, rotated upright, stripped of its
 * metadata (location, camera), in 8-bit sRGB, JPEG or PNG; plus the variants of each. Runs in a separate process.
 */
import { readFile } from "node:fs/promises"
import sharp, { type JpegOptions, type Sharp } from "sharp"
import { AppError } from "@/lib/http/errors"
import { isBare } from "@/lib/images/decode/bare"
import type { ImageFormat } from "@/lib/images/decode/format"
import { MAX_STORED_BYTES, MAX_STORED_PIXELS, MAX_STORED_SIDE } from "@/lib/images/decode/limits"
import { type Encoded, encodedOf, save } from "@/lib/images/decode/made"
import { MAX_PNG_RATIO, SMALL_BYTES, smallerEncoding } from "@/lib/images/decode/smaller"
import { openSource, type Source, undecodable } from "@/lib/images/decode/source"
import type { MadePicture, PictureJob, PictureResult } from "@/lib/images/decode/types"

const QUALITY = 90
/** Qualities to try if it is still too large. */
const LESSER = [80, 60, 40]
/**
 * Above this many pixels, JPEG coding isn't optimized: that keeps all coefficients in memory, about 6 bytes per pixel.
 */
const FITTED_PIXELS = 10_000_000
/** Formats that are already lossy: their pictures are stored as JPEG. */
const LOSSY: readonly ImageFormat[] = ["jpeg", "heic"]

/** Throws the errors of `openSource`, and `image:broken` if damage is found during decoding. */
export async function decodePictures(job: PictureJob): Promise<PictureResult> {
  const source = await openSource(job)
  const pages = Math.min(job.pages, source.pages)
  const pictures: MadePicture[] = []
  try {
    for (let page = 0; page < pages; page++) pictures.push(await pictureOf(source, page, job))
  } catch (cause) {
    throw cause instanceof AppError ? cause : undecodable(source.format, job.name, cause)
  }
  return { pictures, pages: source.pages }
}

async function pictureOf(source: Source, page: number, job: PictureJob): Promise<MadePicture> {
  const prefix = `${page}-`
  const { picture, opaque } = (await unchanged(source, job)) ?? (await upright(source, page, job))
  const full = await save(job.folder, `${prefix}full`, picture)
  return { full, ...(await smallerEncoding(full, opaque, job.folder, prefix)) }
}

interface Whole {
  picture: Encoded
  opaque: boolean
}

/**
 * Returns the original bytes if they are already in the form of `upright`. They are still decoded, so that only valid
 * images are stored.
 */
async function unchanged(
  { format, metadata, open }: Source,
  { asIs, path, region }: PictureJob,
): Promise<Whole | null> {
  if (!asIs || region || (format !== "jpeg" && format !== "png")) return null
  const { width, height, space, depth, hasAlpha } = metadata
  if (
    space !== "srgb" ||
    depth !== "uchar" ||
    Math.max(width, height) > MAX_STORED_SIDE ||
    width * height > MAX_STORED_PIXELS
  )
    return null
  const data = await readFile(path)
  if (data.length > MAX_STORED_BYTES || !isBare(data)) return null
  const { isOpaque } = await open(0).stats()
  return { picture: { data, mediaType: `image/${format}`, width, height }, opaque: !hasAlpha || isOpaque }
}

async function upright(source: Source, page: number, { region }: PictureJob): Promise<Whole> {
  const { format, metadata } = source
  const part = region && { left: region.x, top: region.y, width: region.width, height: region.height }
  const kept = keptSize(part ?? metadata)
  const open = () => {
    const turned = source.open(page).autoOrient()
    return (part ? turned.extract(part) : turned).resize(kept.resize).toColourspace("srgb")
  }
  const jpegOf = (from: () => Sharp) => smallEnough(from, { optimiseCoding: kept.pixels <= FITTED_PIXELS })
  if (LOSSY.includes(format)) return { picture: await jpegOf(() => open().removeAlpha()), opaque: true }
  const exact = await made(open().png())
  const again = () => sharp(exact.data, { limitInputPixels: false })
  const opaque = !metadata.hasAlpha || (await again().stats()).isOpaque
  if (!opaque && exact.data.length <= MAX_STORED_BYTES) return { picture: exact, opaque }
  const flat = () => (opaque ? again().removeAlpha() : again().flatten({ background: "#ffffff" }))
  const jpeg = await jpegOf(flat)
  const worth = Math.min(MAX_STORED_BYTES, Math.max(jpeg.data.length * MAX_PNG_RATIO, SMALL_BYTES))
  if (exact.data.length > worth) return { picture: jpeg, opaque: true }
  // Drops an alpha channel that has no effect.
  return { picture: metadata.hasAlpha ? await made(flat().png()) : exact, opaque: true }
}

const made = async (pipeline: Sharp) => encodedOf(await pipeline.toBuffer({ resolveWithObject: true }))

async function smallEnough(open: () => Sharp, options: JpegOptions): Promise<Encoded> {
  let picture = await made(open().jpeg({ ...options, quality: QUALITY }))
  for (const quality of LESSER) {
    if (picture.data.length <= MAX_STORED_BYTES) break
    picture = await made(open().jpeg({ ...options, quality }))
  }
  return picture
}

/** The size at which a picture is stored, rotated or not. */
function keptSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, MAX_STORED_SIDE / Math.max(width, height), Math.sqrt(MAX_STORED_PIXELS / (width * height)))
  const side = Math.max(1, Math.floor(Math.max(width, height) * scale))
  const resize = { width: side, height: side, fit: "inside" as const, withoutEnlargement: true }
  return { resize, pixels: width * height * scale * scale }
}
