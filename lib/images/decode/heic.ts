/**
 * HEIC, the format of phones: decoded by libheif, compiled to WebAssembly, since sharp's own build reads only AVIF. It
 * rotates the picture as the file says (`irot`, `imir`); the EXIF orientation repeats that, and is ignored.
 */
import { createRequire } from "node:module"
import { z } from "zod"
import type { PixelSink, RawPicture } from "@/lib/images/decode/raw-file"

const imageSchema = z.looseObject({
  get_width: z.custom<() => number>((value) => typeof value === "function"),
  get_height: z.custom<() => number>((value) => typeof value === "function"),
  is_primary: z.custom<() => boolean>((value) => typeof value === "function"),
  display: z.custom<(target: Target, done: (filled: Target | null) => void) => void>(
    (value) => typeof value === "function",
  ),
  free: z.custom<() => void>((value) => typeof value === "function"),
})
type Image = z.infer<typeof imageSchema>

/** Receives the pixels, all at once or row by row. They are in the decoder's own memory. */
interface Target {
  data: { set(pixels: Uint8Array, at?: number): void }
}

interface Libheif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): unknown }
}

/** Loaded with the first HEIC file. */
const libheif = (): Libheif => createRequire(import.meta.url)("libheif-js/wasm-bundle")

/** Opens the main picture of a file after checking its size. Throws if it can't be read. */
export function openHeic(bytes: Uint8Array, allow: (width: number, height: number) => void): RawPicture {
  const found = z.array(imageSchema).parse(new (libheif().HeifDecoder)().decode(bytes))
  const image = found.find((one) => one.is_primary()) ?? found[0]
  if (!image) throw new Error("it contains no image")
  const [width, height] = [image.get_width(), image.get_height()]
  allow(width, height)
  const pixels = async (pour: PixelSink) => {
    try {
      await pourPixels(image, pour)
    } finally {
      for (const one of found) one.free()
    }
  }
  return { width, height, pixels, profile: profileOf(bytes) }
}

/** Straight from the decoder's memory, without another copy: a picture of 48 megapixels takes 200 MB. */
const pourPixels = (image: Image, pour: PixelSink) =>
  new Promise<void>((resolve, reject) => {
    let fault: unknown
    const set = (pixels: Uint8Array, at = 0) => {
      try {
        pour(pixels, at)
      } catch (error) {
        fault ??= error
      }
    }
    image.display({ data: { set } }, (filled) => {
      if (filled && fault === undefined) resolve()
      else reject(fault ?? new Error("its pixels can't be decoded"))
    })
  })

/** The ICC profile of the first picture that has one (box `colr` of type `prof`): phones use Display P3. */
function profileOf(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = file.indexOf("colrprof", 4); at >= 4; at = file.indexOf("colrprof", at + 1)) {
    const profile = file.subarray(at + 8, at - 4 + file.readUInt32BE(at - 4))
    // The profile contains its own length and signature.
    if (
      profile.length > 128 &&
      profile.readUInt32BE(0) === profile.length &&
      profile.toString("latin1", 36, 40) === "acsp"
    )
      return profile
  }
  return null
}
