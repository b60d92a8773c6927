import { requireRight } from "@/lib/auth/session"
import { addDocument, MAX_DOCUMENT_BYTES } from "@/lib/documents/store/documents"
import type { DocumentInfo } from "@/lib/documents/types"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { cleanName } from "@/lib/images/name"
import { readFiles } from "@/lib/images/upload"
import { countUpload } from "@/lib/observe/meters"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_FILES = 10

/** For documents, “too large” must not suggest resizing an image. */
const ofDocuments = (error: unknown): unknown =>
  error instanceof AppError && error.key === "image:too_large/bytes"
    ? new AppError("upload:too_large", { values: error.sentence.values, details: error.details })
    : error

/**
 * Adds the multipart files named `file`. The first invalid file ends the request with an error that names it and lists
 * the documents added before it.
 */
export const POST = route(async (request) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const mostBytes = await storageLimit(user)
  const documents: DocumentInfo[] = []
  try {
    for await (const { bytes, name } of readFiles(request, { maxFiles: MAX_FILES, maxBytes: MAX_DOCUMENT_BYTES })) {
      await consumeRateLimit(user.id, "uploads")
      documents.push(await addDocument(user.id, bytes, { name: cleanName(name), mostBytes }))
      countUpload("document", bytes.byteLength)
    }
  } catch (thrown) {
    const error = ofDocuments(thrown)
    if (!(error instanceof AppError) || documents.length === 0) throw error
    throw error.with({ documents })
  }
  return Response.json({ documents }, { status: 201 })
})
