import type { Region } from "@/lib/image.types"

/** What `POST /api/images` answers with. */
export interface ImageInfo {
  id: string
  /** `/api/images/{id}` */
  url: string
  mediaType: string
  /** Upright, as it is kept. */
  width: number
  height: number
  bytes: number
  name: string
  /** A placeholder in some 30 bytes (evanw/thumbhash), as base64. Missing of images of earlier versions. */
  thumbhash?: string
  /** The image and the part of it that this one was cut out of, in pixels of that one. */
  derivedFrom?: { id: string; region: Region }
}

/** Long sides, in pixels, that `GET /api/images/{id}?size=` knows. An image that is no larger comes as it is. */
export const IMAGE_SIZES = [320, 640, 1280, 2048] as const
export type ImageSize = (typeof IMAGE_SIZES)[number]

export interface ModelImage {
  mediaType: string
  base64: string
}
