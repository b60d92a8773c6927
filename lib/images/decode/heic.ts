/**
 * HEIC, what phones make: by libheif, compiled to WebAssembly, since sharp's own reads AVIF only. It turns the picture as
 * the file says (`irot`, `imir`); the orientation in EXIF says the same once more, and is left alone.
 */
import { createRequire } from "node:module"
import { z } from "zod"
import type { Pour, RawPicture } from "@/lib/images/decode/raw-file"

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

/** Takes the pixels: all at once, or row after row. They lie in the decoder's own memory. */
interface Target {
  data: { set(pixels: Uint8Array, at?: number): void }
}

interface Libheif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): unknown }
}

/** It is loaded when the first of them comes. */
const libheif = (): Libheif => createRequire(import.meta.url)("libheif-js/wasm-bundle")

/** The main picture of a file, once it is known to be no larger than that. Throws where it can't be read. */
export function openHeic(bytes: Uint8Array, allow: (width: number, height: number) => void): RawPicture {
  const found = z.array(imageSchema).parse(new (libheif().HeifDecoder)().decode(bytes))
  const image = found.find((one) => one.is_primary()) ?? found[0]
  if (!image) throw new Error("no picture in it")
  const [width, height] = [image.get_width(), image.get_height()]
  allow(width, height)
  const pixels = async (pour: Pour) => {
    try {
      await pourPixels(image, pour)
    } finally {
      for (const one of found) one.free()
    }
  }
  return { width, height, pixels, profile: profileOf(bytes) }
}

/** Out of the decoder's memory, without another copy of them: a picture of 48 megapixels has 200 MB. */
const pourPixels = (image: Image, pour: Pour) =>
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

/** The ICC profile of the first picture that has one (box `colr` of type `prof`): phones mean Display P3. */
function profileOf(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = file.indexOf("colrprof", 4); at >= 4; at = file.indexOf("colrprof", at + 1)) {
    const profile = file.subarray(at + 8, at - 4 + file.readUInt32BE(at - 4))
    // It says itself how long it is, and that it is one.
    if (
      profile.length > 128 &&
      profile.readUInt32BE(0) === profile.length &&
      profile.toString("latin1", 36, 40) === "acsp"
    )
      return profile
  }
  return null
}
