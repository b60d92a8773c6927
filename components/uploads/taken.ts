/** What the server says that a file is, as an attachment. Pure. */
import { unexpected } from "@/components/base/api"
import { type Attachment, attachedDocument, attachedFile, attachedImage } from "@/components/draft/attachment"
import { isImage, isTextFile } from "@/components/draft/draft-kept"
import { isRecord } from "@/lib/is-record"

/** How many pages a picture's file has beside the one that was taken. */
export function morePagesOf(taken: unknown): number {
  if (!isRecord(taken) || taken.kind !== "image" || Array.isArray(taken.images)) return 0
  return typeof taken.pages === "number" && taken.pages > 1 ? taken.pages - 1 : 0
}

/** The answer of `POST /api/uploads/{id}/take`, but for key and preview, which stay. Throws for what this page doesn't know. */
export function takenAs(taken: unknown): Partial<Attachment> {
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
