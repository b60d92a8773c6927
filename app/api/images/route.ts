import { requireRight } from "@/lib/auth/session"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { addImage } from "@/lib/images/images"
import type { ImageInfo } from "@/lib/images/types"
import { readFiles } from "@/lib/images/upload"
import { stagedBytes } from "@/lib/import/stage"
import { countUpload } from "@/lib/observe/meters"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_FILES = 10

/**
 * Adds the multipart files named `file`. The first invalid file ends the request with an error that names it and lists
 * the images added before it.
 */
export const POST = route(async (request) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const limit = await storageLimit(user)
  // Files waiting to be imported count toward storage, too.
  const mostBytes = limit === null ? null : Math.max(0, limit - (await stagedBytes(user.id)))
  const images: ImageInfo[] = []
  try {
    for await (const { bytes, name } of readFiles(request, {
      maxFiles: MAX_FILES,
      maxBytes: config().limits.imageBytes,
    })) {
      await consumeRateLimit(user.id, "uploads")
      images.push(await addImage(user.id, bytes, name, mostBytes))
      countUpload("image", bytes.byteLength)
    }
  } catch (error) {
    if (!(error instanceof AppError) || images.length === 0) throw error
    throw error.with({ images })
  }
  return Response.json({ images }, { status: 201 })
})
