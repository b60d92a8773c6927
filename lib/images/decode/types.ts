/** What the process that decodes pictures is asked, and what it gives. Plain data. */
import type { Region } from "@/lib/image.types"

/** What is made of a picture beside itself: for the page by its long side in pixels, for models by its use. */
export type Variant = "320" | "640" | "1280" | "model" | "small" | "low" | `tile-${number}`

export interface MadeFile {
  /** Where it lies, in the folder that was named. */
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
  /** The whole, upright, without metadata, in sRGB. */
  full: MadeFile
  derived: Derived[]
  /** Base64. */
  thumbhash: string
}

export interface PictureJob {
  /** The file to read. */
  path: string
  /** What people call it, for errors. */
  name: string
  /** An empty folder, for what is made. */
  folder: string
  /** Bytes that are as this leaves them stay as they are. */
  asIs?: boolean
  /** The part to cut out, of an image that was kept. */
  region?: Region
  /** Pages to read, from the first on. */
  pages: number
  /** Pixels that it may have. More are refused by `work:too_much`, so that it is tried again with more room. */
  mostPixels: number
  /** Its pixels lie in the folder already (`unpackHeic`). */
  unpacked?: boolean
}

export interface PictureResult {
  pictures: MadePicture[]
  /** Pages that the file has. */
  pages: number
}
