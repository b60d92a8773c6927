/** Converts the server's description of a file to an attachment. Pure. */
import { unexpected } from "@/components/base/api"
import { type Attachment, attachedDocument, attachedFile, attachedImage } from "@/components/draft/attachment"
import { isImage, isTextFile } from "@/components/draft/draft-kept"
import { isRecord } from "@/lib/is-record"

/** The number of further pages in an image's file besides the one taken. */
export function additionalPageCount(taken: unknown): number {
  if (!isRecord(taken) || taken.kind !== "image" || Array.isArray(taken.images)) return 0
  return typeof taken.pages === "number" && taken.pages > 1 ? taken.pages - 1 : 0
}

/**
 * Parses the response of `POST /api/uploads/{id}/take` without key and preview, which stay. Throws when this page
 * doesn't know its kind.
 */
export function parseTakenUpload(taken: unknown): Partial<Attachment> {
  const attachment = attachmentOf(taken)
  if (!attachment) throw unexpected()
  const { key: _, preview: __, ...rest } = attachment
  return rest
}

function attachmentOf(taken: unknown): Attachment | null {
  if (!isRecord(taken)) return null
  const { kind, image, file, document } = taken
  if (kind === "image" && isImage(image)) return attachedImage(image)
  if (kind === "text" && isTextFile(file)) return attachedFile(file)
  if (kind !== "document" || !isRecord(document)) return null
  const { id, name, ...facts } = document
  if (typeof id !== "string" || typeof name !== "string") return null
  return attachedDocument({ ...facts, documentId: id, name })
}
