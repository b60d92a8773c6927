/** Pictures made from bytes, as the decoder process makes them. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { decodePictures } from "@/lib/images/decode/decode"
import type { MadeFile, PictureJob, Variant } from "@/lib/images/decode/types"

export interface Made extends MadeFile {
  data: Buffer
}

/** Everything made from these bytes. */
export async function makeAll(bytes: Uint8Array, name: string, more: Partial<PictureJob> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "sparkler-test-"))
  try {
    const source = path.join(folder, "source")
    await writeFile(source, bytes)
    const job: PictureJob = { path: source, name, folder, pages: 1, mostPixels: 1_000_000_000, ...more }
    const { pictures, pages } = await decodePictures(job)
    const read = async <T extends MadeFile>(file: T) => ({ ...file, data: await readFile(file.path) })
    const made = await Promise.all(
      pictures.map(async ({ full, derived, thumbhash }) => ({
        full: await read(full),
        derived: await Promise.all(derived.map(read)),
        thumbhash,
      })),
    )
    return { pictures: made, pages }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The stored form of the first picture. */
export async function make(bytes: Uint8Array, name: string, more?: Partial<PictureJob>): Promise<Made> {
  const { pictures } = await makeAll(bytes, name, more)
  if (!pictures[0]) throw new Error("no picture")
  return pictures[0].full
}

/** A variant of the first picture, for models or pages: the full picture if nothing smaller was made. */
export async function makeVariant(bytes: Uint8Array, variant: Variant): Promise<Made> {
  const { pictures } = await makeAll(bytes, "a")
  const found = pictures[0]?.derived.find((one) => one.variant === variant) ?? pictures[0]?.full
  if (!found) throw new Error("no picture")
  return found
}
