/** A person's images: taken in, read back, handed to a model. */
import { v7 as uuidv7 } from "uuid"
import { createImage, findImage, findImages, type ImageRow } from "@/lib/db/images"
import { AppError } from "@/lib/http/errors"
import { normaliseImage } from "@/lib/images/intake"
import { imageStorage } from "@/lib/images/storage"
import type { ImageInfo, ModelImage } from "@/lib/images/types"
import { createLimiter } from "@/lib/limiter"
import { singleton } from "@/lib/singleton"

/** Decodings at once: each holds a whole picture in memory. */
const DECODERS = 2

const toInfo = ({ id, mediaType, width, height, bytes, name }: ImageRow): ImageInfo => ({
  id,
  url: `/api/images/${id}`,
  mediaType,
  width,
  height,
  bytes,
  name,
})

/** Takes a file in as an image of this user. Throws `image:*` errors that name the file. */
export async function addImage(userId: string, file: Uint8Array, fileName: string): Promise<ImageInfo> {
  const limit = singleton("imageDecoders", () => createLimiter(DECODERS))
  const { data, mediaType, width, height, sha256, name } = await limit(() => normaliseImage(file, fileName))
  await imageStorage().put(sha256, data)
  return toInfo(await createImage({ id: uuidv7(), userId, sha256, mediaType, width, height, bytes: data.length, name }))
}

export interface StoredImage {
  row: ImageRow
  data: Buffer
}

/** An image of this user with its bytes, or null. */
export const readImage = async (userId: string, id: string) => withBytes(await findImage(id, userId))

async function withBytes(row: ImageRow | null): Promise<StoredImage | null> {
  const data = row && (await imageStorage().get(row.sha256))
  return row && data ? { row, data } : null
}

/** Throws `image:not_found` unless all of them are this user's. */
export async function requireImages(userId: string, ids: string[]): Promise<void> {
  const wanted = new Set(ids)
  if (wanted.size === 0) return
  const found = await findImages([...wanted], userId)
  if (found.length < wanted.size) throw new AppError("image:not_found/gone")
}

/** The images of this user among `ids`, as a model takes them. Lost ones are left out. */
export async function imagesForModel(userId: string, ids: string[]): Promise<Map<string, ModelImage>> {
  const images = new Map<string, ModelImage>()
  if (ids.length === 0) return images
  for (const row of await findImages(ids, userId)) {
    const data = await imageStorage().get(row.sha256)
    if (data) images.set(row.id, { mediaType: row.mediaType, base64: data.toString("base64") })
  }
  return images
}
