/**
 * Entry point to the decoder processes: no picture is decoded in this process. At most two run at once; a large picture
 * is decoded alone, with all the memory shared by pictures and documents (`lib/work/work.ts`).
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { AppError } from "@/lib/http/errors"
import { imageFormatOf } from "@/lib/images/decode/format"
import { headOf } from "@/lib/images/decode/head"
import { MAX_PIXELS } from "@/lib/images/decode/limits"
import type { PictureJob, PictureResult } from "@/lib/images/decode/types"
import { work } from "@/lib/work/work"

/** CPU time limit for one file, in milliseconds. */
const DECODE_MS = 30_000
const ALONE_MS = 60_000
/** Maximum number of pixels of a picture decoded in parallel with another. */
const MAX_BESIDE = 20_000_000

export interface DecodeRequest extends Pick<PictureJob, "name" | "asIs" | "region"> {
  userId: string
  /** The file, or its path. */
  file: Uint8Array | { path: string }
  /** Default 1. */
  pages?: number
}

/**
 * Decodes a file and passes the output to `use`; the output files are deleted afterward. Throws `image:*` errors that
 * name the file, `work:busy` when too much is queued.
 */
export async function decoded<T>(
  { file, userId, pages = 1, ...job }: DecodeRequest,
  use: (result: PictureResult) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    const source = file instanceof Uint8Array ? path.join(folder, "source") : file.path
    if (file instanceof Uint8Array) await writeFile(source, file, { mode: 0o600 })
    return use(await decode(userId, { ...job, path: source, folder, pages }))
  })
}

/** A temporary folder, deleted afterward. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "sparkler-image-"))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function decode(person: string, job: Omit<PictureJob, "mostPixels">): Promise<PictureResult> {
  try {
    return await work("decodePictures", { person, ms: DECODE_MS }, { ...job, mostPixels: MAX_BESIDE })
  } catch (error) {
    if (!isTooMuch(error)) throw error
  }
  // The first attempt left files in `job.folder`.
  const folder = await mkdtemp(path.join(job.folder, "alone-"))
  try {
    return await decodeAlone(person, { ...job, folder, mostPixels: MAX_PIXELS })
  } catch (cause) {
    if (!isTooMuch(cause)) throw cause
    throw new AppError("image:too_large/work", { values: { name: job.name }, details: { name: job.name }, cause })
  }
}

async function decodeAlone(person: string, job: PictureJob): Promise<PictureResult> {
  const unpacked = imageFormatOf(await headOf(job.path)) === "heic"
  if (unpacked) await work("unpackLarge", { person, ms: ALONE_MS }, job)
  return work("decodeLarge", { person, ms: ALONE_MS }, { ...job, unpacked })
}

const isTooMuch = (error: unknown) => error instanceof AppError && error.code === "work:too_much"
