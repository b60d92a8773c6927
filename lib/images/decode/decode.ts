/**
 * A person's file as pictures that are kept: judged by its bytes, turned upright, stripped of its metadata (place, camera),
 * in 8-bit sRGB, JPEG or PNG; and what is made of each. Runs in a process of its own.
 */
import { readFile } from "node:fs/promises"
import sharp, { type JpegOptions, type Sharp } from "sharp"
import { AppError } from "@/lib/http/errors"
import { isBare } from "@/lib/images/decode/bare"
import type { ImageFormat } from "@/lib/images/decode/format"
import { KEPT_BYTES, KEPT_PIXELS, KEPT_SIDE } from "@/lib/images/decode/limits"
import { type Encoded, encodedOf, save } from "@/lib/images/decode/made"
import { PNG_WORTH, SMALL_BYTES, smallerOf } from "@/lib/images/decode/smaller"
import { openSource, type Source, undecodable } from "@/lib/images/decode/source"
import type { MadePicture, PictureJob, PictureResult } from "@/lib/images/decode/types"

const QUALITY = 90
/** Where even that has too many bytes. */
const LESSER = [80, 60, 40]
/** Pixels up to which a JPEG's codes are fitted to it: all of its coefficients are held for that, some 6 bytes a pixel. */
const FITTED_PIXELS = 10_000_000
/** What was kept with a loss is exact no more. */
const LOSSY: readonly ImageFormat[] = ["jpeg", "heic"]

/** Throws what `openSource` throws, and `image:broken` for what turns out to be damaged while it is decoded. */
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
  return { full, ...(await smallerOf(full, opaque, job.folder, prefix)) }
}

interface Whole {
  picture: Encoded
  opaque: boolean
}

/** The bytes themselves, where they are as `upright` leaves them. Decoded all the same, so that what is kept is an image. */
async function unchanged(
  { format, metadata, open }: Source,
  { asIs, path, region }: PictureJob,
): Promise<Whole | null> {
  if (!asIs || region || (format !== "jpeg" && format !== "png")) return null
  const { width, height, space, depth, hasAlpha } = metadata
  if (space !== "srgb" || depth !== "uchar" || Math.max(width, height) > KEPT_SIDE || width * height > KEPT_PIXELS)
    return null
  const data = await readFile(path)
  if (data.length > KEPT_BYTES || !isBare(data)) return null
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
  if (!opaque && exact.data.length <= KEPT_BYTES) return { picture: exact, opaque }
  const flat = () => (opaque ? again().removeAlpha() : again().flatten({ background: "#ffffff" }))
  const jpeg = await jpegOf(flat)
  const worth = Math.min(KEPT_BYTES, Math.max(jpeg.data.length * PNG_WORTH, SMALL_BYTES))
  if (exact.data.length > worth) return { picture: jpeg, opaque: true }
  // Without an alpha that says nothing.
  return { picture: metadata.hasAlpha ? await made(flat().png()) : exact, opaque: true }
}

const made = async (pipeline: Sharp) => encodedOf(await pipeline.toBuffer({ resolveWithObject: true }))

async function smallEnough(open: () => Sharp, options: JpegOptions): Promise<Encoded> {
  let picture = await made(open().jpeg({ ...options, quality: QUALITY }))
  for (const quality of LESSER) {
    if (picture.data.length <= KEPT_BYTES) break
    picture = await made(open().jpeg({ ...options, quality }))
  }
  return picture
}

/** The size that is kept of a picture, turned or not. */
function keptSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, KEPT_SIDE / Math.max(width, height), Math.sqrt(KEPT_PIXELS / (width * height)))
  const side = Math.max(1, Math.floor(Math.max(width, height) * scale))
  const resize = { width: side, height: side, fit: "inside" as const, withoutEnlargement: true }
  return { resize, pixels: width * height * scale * scale }
}
