import type { Region } from "@/lib/image.types"

/** The response of `POST /api/images`. */
export interface ImageInfo {
  id: string
  /** `/api/images/{id}` */
  url: string
  mediaType: string
  /** Upright, as stored. */
  width: number
  height: number
  bytes: number
  name: string
  /** A placeholder of about 30 bytes (evanw/thumbhash), as base64. Missing for images of earlier versions. */
  thumbhash?: string
  /** The image this one was cropped from, and the region in that image's pixels. */
  derivedFrom?: { id: string; region: Region }
}

/** Long sides, in pixels, that `GET /api/images/{id}?size=` accepts. A smaller image is returned unchanged. */
export const IMAGE_SIZES = [320, 640, 1280, 2048] as const
export type ImageSize = (typeof IMAGE_SIZES)[number]

export interface ModelImage {
  mediaType: string
  base64: string
}
