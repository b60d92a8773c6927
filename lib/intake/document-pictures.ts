/** Extracts the pictures of a user's document on request, as separate images. */
import { createHash } from "node:crypto"
import { picturesOfDocument } from "@/lib/documents/store/documents"
import { AppError } from "@/lib/http/errors"
import { imageFormatOf } from "@/lib/images/decode/format"
import { addImage } from "@/lib/images/images"
import { cleanName } from "@/lib/images/name"
import type { ImageInfo } from "@/lib/images/types"
import type { FileLimits } from "@/lib/intake/intake"

/** The most images a message may have. */
const MAX_PICTURES = 30

export interface DocumentPictures {
  images: ImageInfo[]
  /** Pictures that were skipped: drawings in an unsupported format, damaged ones, and those beyond the limit. */
  left: number
}

/**
 * Idempotent: a repeated request returns the same images. Throws `document:not_found`, and `limit:reached` if there is
 * no more room; images added until then are kept.
 */
export async function addDocumentPictures(
  userId: string,
  id: string,
  { mostBytes }: FileLimits,
): Promise<DocumentPictures> {
  const { name, pictures } = await picturesOfDocument(userId, id)
  const images: ImageInfo[] = []
  const each = new Map(pictures.map((picture) => [pictureId(id, picture.bytes), picture]))
  for (const [imageId, { name: part, bytes }] of each) {
    if (images.length >= MAX_PICTURES) break
    if (imageFormatOf(bytes) === null) continue
    const named = cleanName(`${name} ${part}`)
    const image = await addImage(userId, bytes, named, mostBytes, { id: imageId }).catch(unlessItsOwn)
    if (image) images.push(image)
  }
  return { images, left: each.size - images.length }
}

/** A deterministic ID for a picture in a document: a UUID version 7 with the document's time. */
function pictureId(documentId: string, bytes: Uint8Array): string {
  const content = createHash("sha256").update(bytes).digest()
  const hash = createHash("sha256").update(documentId).update(content).digest("hex")
  return `${documentId.slice(0, 13)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}

/** An unreadable picture doesn't affect the others. */
function unlessItsOwn(error: unknown): null {
  if (error instanceof AppError && error.code.startsWith("image:")) return null
  throw error
}
