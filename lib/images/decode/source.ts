/** Opens a file of any supported format in sharp; the format is detected from its bytes. */
import { readFile } from "node:fs/promises"
import path from "node:path"
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp"
import { AppError } from "@/lib/http/errors"
import { decodeBmp } from "@/lib/images/decode/bmp"
import { type ImageFormat, imageFormatOf, isText } from "@/lib/images/decode/format"
import { headOf } from "@/lib/images/decode/head"
import { openHeic } from "@/lib/images/decode/heic"
import { MAX_PIXELS, MODEL_SIDE } from "@/lib/images/decode/limits"
import { type RawPicture, writeRaw } from "@/lib/images/decode/raw-file"
import type { PictureJob } from "@/lib/images/decode/types"

// libvips supports many formats, some of them executable. Allow only these, whatever it takes a file for.
sharp.block({ operation: ["VipsForeignLoad"] })
sharp.unblock({
  operation: ["Png", "Jpeg", "Webp", "Nsgif", "Heif", "Tiff", "Svg"].map((loader) => `VipsForeignLoad${loader}`),
})
// Each picture is used once, so nothing is cached, and one thread decodes each.
sharp.cache(false)
sharp.concurrency(1)

/** Formats that sharp reads; the others have a separate decoder. */
const BY_SHARP: readonly ImageFormat[] = ["png", "jpeg", "webp", "gif", "avif", "tiff", "svg"]

export interface Source {
  format: ImageFormat
  /** Metadata of the first page, as in the file. */
  metadata: Metadata
  pages: number
  /** A separate pipeline for each variant. */
  open(page: number): Sharp
}

type Job = Pick<PictureJob, "path" | "name" | "folder" | "mostPixels" | "unpacked">

/**
 * Opens a file. Throws `image:unsupported` if it isn't a supported image, `image:broken`, `image:too_large`, and
 * `work:too_much` if it needs more memory than this attempt has.
 */
export async function openSource(job: Job): Promise<Source> {
  const head = await headOf(job.path)
  const format = imageFormatOf(head)
  if (!format) throw notTaken(head, job.name)
  const allow = (weight: number) => (width: number, height: number) => requireRoom(job, width * height, weight)
  try {
    if (format === "svg") return await drawn(await readFile(job.path), allow(1))
    if (BY_SHARP.includes(format)) return await bySharp(format, job, allow(1))
    if (format === "heic") {
      if (!job.unpacked) await unpack(openHeic(await readFile(job.path), allow(HEIC_WEIGHT)), job)
      return await byOwn(format, job)
    }
    if (format === "bmp") {
      await unpack(decodeBmp(await readFile(job.path), allow(OWN_WEIGHT)), job)
      return await byOwn(format, job)
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : undecodable(format, job.name, cause)
  }
  const values = { name: job.name, format: format.toUpperCase() }
  throw new AppError("image:unsupported/format", { values, details: { name: job.name } })
}

/** Memory of a decoder that holds the whole picture at once, relative to libvips reading piece by piece. */
const HEIC_WEIGHT = 1.6
const OWN_WEIGHT = 2

function requireRoom({ name, mostPixels }: Job, pixels: number, weight: number): void {
  if (pixels > MAX_PIXELS)
    throw new AppError("image:too_large/pixels", {
      values: { name, megapixels: Math.round(pixels / 1_000_000), limit: MAX_PIXELS / 1_000_000 },
      details: { name },
    })
  if (pixels * weight > mostPixels) throw new AppError("work:too_much")
}

type Allow = (width: number, height: number) => void

const OPTIONS: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: "error", pages: 1, sequentialRead: true }

async function bySharp(format: ImageFormat, { path: file }: Job, allow: Allow): Promise<Source> {
  const metadata = await sharp(file, { limitInputPixels: false }).metadata()
  allow(metadata.width, metadata.pageHeight ?? metadata.height)
  const pages = format === "tiff" ? (metadata.pages ?? 1) : 1
  return { format, metadata, pages, open: (page) => sharp(file, { ...OPTIONS, page }) }
}

/** A vector image, loaded from memory: without a path, none of its external references are loaded. */
async function drawn(bytes: Buffer, allow: Allow): Promise<Source> {
  const density = drawnDensity(await sharp(bytes, { limitInputPixels: false }).metadata())
  const metadata = await sharp(bytes, { density, limitInputPixels: false }).metadata()
  allow(metadata.width, metadata.height)
  return { format: "svg", metadata, pages: 1, open: () => sharp(bytes, { ...OPTIONS, density }) }
}

const USUAL_DENSITY = 72
const MAX_DENSITY = 7_200

/** Dots per inch at which a vector image is as large as images sent to models. */
function drawnDensity({ width, height, density = USUAL_DENSITY }: Metadata): number {
  const wanted = (density * MODEL_SIDE) / Math.max(width, height, 1)
  return Math.min(MAX_DENSITY, Math.max(1, wanted))
}

const unpackedFile = ({ folder }: Job) => path.join(folder, "decoded.tif")
const unpack = (picture: RawPicture, job: Job) => writeRaw(unpackedFile(job), picture)

async function byOwn(format: ImageFormat, job: Job): Promise<Source> {
  const open = () => sharp(unpackedFile(job), { limitInputPixels: MAX_PIXELS, sequentialRead: true })
  return { format, metadata: await open().metadata(), pages: 1, open }
}

/**
 * The first half of `openSource`, for HEIC only; afterward the job is `unpacked`. A separate step, because its decoder
 * keeps the memory of a large picture until its process exits. Throws the same errors.
 */
export async function unpackHeic(job: PictureJob): Promise<void> {
  try {
    const allow = (width: number, height: number) => requireRoom(job, width * height, HEIC_WEIGHT)
    await unpack(openHeic(await readFile(job.path), allow), job)
  } catch (cause) {
    throw cause instanceof AppError ? cause : undecodable("heic", job.name, cause)
  }
}

/** libvips error messages for intact pictures of a variety that it can't decode. */
const NO_DECODER =
  /not (?:supported|configured|implemented)|no known route|bad labq|LOGLUV|unsupported (?:feature|codec)/i

/**
 * Why a picture of a known format can't be decoded. For some of TIFF's many varieties, the two reasons can't be told
 * apart.
 */
export function undecodable(format: ImageFormat, name: string, cause: unknown): AppError {
  const details = { name }
  if (NO_DECODER.test(String(cause)))
    return new AppError("image:unsupported/kind", { values: { name, format: format.toUpperCase() }, details, cause })
  return new AppError(format === "tiff" ? "image:broken/tiff" : "image:broken", { values: { name }, details, cause })
}

function notTaken(bytes: Uint8Array, name: string): AppError {
  const details = { name }
  if (bytes.length === 0) return new AppError("image:unsupported/empty", { values: { name }, details })
  const key = isText(bytes) ? "image:unsupported/text" : "image:unsupported/no_image"
  return new AppError(key, { values: { name }, details })
}
