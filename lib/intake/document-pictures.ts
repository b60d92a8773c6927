/** The pictures in a document that a person has, on request, as images of their own. */
import { picturesOfDocument } from "@/lib/documents/store/documents"
import { AppError } from "@/lib/http/errors"
import { imageFormatOf } from "@/lib/images/decode/format"
import { addImage } from "@/lib/images/images"
import { cleanName } from "@/lib/images/name"
import type { ImageInfo } from "@/lib/images/types"
import type { FileLimits } from "@/lib/intake/intake"

/** As many images as a message may have. */
const MOST_PICTURES = 30

export interface DocumentPictures {
  images: ImageInfo[]
  /** What lies there and isn't among them: drawings of a kind that can't be read, damaged ones, and those beyond the limit. */
  left: number
}

/** Throws `document:not_found`, and `limit:reached` once there is no more room; what was added until then stays. */
export async function addDocumentPictures(
  userId: string,
  id: string,
  { mostBytes }: FileLimits,
): Promise<DocumentPictures> {
  const { name, pictures } = await picturesOfDocument(userId, id)
  const images: ImageInfo[] = []
  for (const { name: part, bytes } of pictures) {
    if (images.length >= MOST_PICTURES) break
    if (imageFormatOf(bytes) === null) continue
    const image = await addImage(userId, bytes, cleanName(`${name} ${part}`), mostBytes).catch(unlessItsOwn)
    if (image) images.push(image)
  }
  return { images, left: pictures.length - images.length }
}

/** A picture that can't be read leaves the others. */
function unlessItsOwn(error: unknown): null {
  if (error instanceof AppError && error.code.startsWith("image:")) return null
  throw error
}
