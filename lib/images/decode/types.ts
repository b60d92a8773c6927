/** Requests and responses of the decoder process. Plain data. */
import type { Region } from "@/lib/image.types"

/** Variants of a picture: for the page by long side in pixels, for models by use. */
export type Variant = "320" | "640" | "1280" | "model" | "small" | "low" | `tile-${number}`

export interface MadeFile {
  /** Its path in the given folder. */
  path: string
  mediaType: "image/jpeg" | "image/png" | "image/webp"
  width: number
  height: number
  size: number
  /** Hex. */
  sha256: string
}

export interface Derived extends MadeFile {
  variant: Variant
}

export interface MadePicture {
  /** The full picture, upright, without metadata, in sRGB. */
  full: MadeFile
  derived: Derived[]
  /** Base64. */
  thumbhash: string
}

export interface PictureJob {
  /** The file to read. */
  path: string
  /** Display name, for errors. */
  name: string
  /** An empty folder for the output. */
  folder: string
  /** Keep bytes that are already in the output form. */
  asIs?: boolean
  /** The part to crop, for a stored image. */
  region?: Region
  /** How many pages to read, starting with the first. */
  pages: number
  /**
   * Maximum number of pixels for this attempt. Larger pictures fail with `work:too_much`, and are retried with more
   * memory.
   */
  mostPixels: number
  /** Its pixels are already in the folder (`unpackHeic`). */
  unpacked?: boolean
}

export interface PictureResult {
  pictures: MadePicture[]
  /** Number of pages in the file. */
  pages: number
}
