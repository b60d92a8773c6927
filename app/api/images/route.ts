import { requireUser } from "@/lib/auth/session"
import type { ImageInfo } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { addImage } from "@/lib/images/images"
import { cleanName } from "@/lib/images/intake"
import { readFiles } from "@/lib/images/upload"

const MAX_FILES = 10

/** Takes in the multipart files named `file`; all or, with the first that can't be taken, an error that names it. */
export const POST = route(async (request) => {
  const user = await requireUser(request)
  const { imageBytes } = config().limits
  const files = await readFiles(request, { maxFiles: MAX_FILES, maxBytes: imageBytes })
  const images: ImageInfo[] = []
  for (const file of files) {
    if (file.size > imageBytes)
      throw new AppError(
        "image:too_large",
        `“${cleanName(file.name)}” has ${(file.size / 1e6).toFixed(1)} MB; the limit is ${imageBytes / 1e6} MB.`,
        {
          details: { name: cleanName(file.name) },
        },
      )
    images.push(await addImage(user.id, new Uint8Array(await file.arrayBuffer()), file.name))
  }
  return Response.json({ images }, { status: 201 })
})
