import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { maxFileBytes } from "@/lib/intake/intake"
import { bytesIn, checksumIn, requireUploadChunk, requireVersion, TUS_HEADERS, tusCapabilities } from "@/lib/intake/tus"
import { appendPiece, endUpload, uploadState } from "@/lib/intake/uploads"
import { requireFeature } from "@/lib/quota/offers"

const notFound = () => new AppError("upload:not_found")

/** The progress of an upload (tus 1.0.0). */
export const HEAD = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  const { offset, size, expires } = await uploadState(user.id, await idIn(context, notFound))
  return new Response(null, {
    headers: {
      ...TUS_HEADERS,
      "upload-offset": String(offset),
      "upload-length": String(size),
      "upload-expires": expires.toUTCString(),
    },
  })
})

/** Appends a chunk. */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const id = await idIn(context, notFound)
  requireVersion(request.headers)
  requireUploadChunk(request.headers)
  const offset = bytesIn(request.headers, "upload-offset")
  if (offset === null) throw new AppError("upload:offset")
  const state = await appendPiece(user.id, id, { offset, body: request.body, checksum: checksumIn(request.headers) })
  return new Response(null, {
    status: 204,
    headers: {
      ...TUS_HEADERS,
      "upload-offset": String(state.offset),
      "upload-expires": state.expires.toUTCString(),
    },
  })
})

/** Cancels an upload. If its file was already added, the file stays. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  await endUpload(user.id, await idIn(context, notFound))
  return new Response(null, { status: 204, headers: TUS_HEADERS })
})

export const OPTIONS = () => new Response(null, { status: 204, headers: tusCapabilities(maxFileBytes()) })
