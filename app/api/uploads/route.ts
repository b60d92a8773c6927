import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"
import { takeAddress } from "@/lib/intake/address"
import { maxFileBytes } from "@/lib/intake/intake"
import {
  bytesIn,
  checksumIn,
  isUploadChunk,
  metadataIn,
  requireVersion,
  TUS_HEADERS,
  tusCapabilities,
} from "@/lib/intake/tus"
import { appendPiece, beginUpload, type UploadState } from "@/lib/intake/uploads"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

const addressSchema = z.strictObject({ url: z.string().min(1).max(4_000) })
const MAX_BYTES = 20_000

/** Starts a resumable upload (tus 1.0.0), or adds the image at an https URL (JSON: `{url}`). */
export const POST = route(async (request) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  if (request.headers.get("content-type")?.startsWith("application/json")) {
    const { url } = await readJson(request, addressSchema, { maxBytes: MAX_BYTES })
    await consumeRateLimit(user.id, "uploads")
    const taken = await takeAddress(user.id, url, { mostBytes: await storageLimit(user) }, request.signal)
    return Response.json(taken, { status: 201 })
  }
  requireVersion(request.headers)
  const size = bytesIn(request.headers, "upload-length")
  if (size === null) throw new AppError("upload:length")
  await consumeRateLimit(user.id, "uploads")
  const name = metadataIn(request.headers).get("filename") ?? ""
  const begun = await beginUpload(user.id, { name, size }, { mostBytes: await storageLimit(user) })
  const state = isUploadChunk(request.headers) ? await withFirst(request, user.id, begun) : begun
  return new Response(null, {
    status: 201,
    headers: {
      ...TUS_HEADERS,
      location: `/api/uploads/${state.id}`,
      "upload-offset": String(state.offset),
      "upload-expires": state.expires.toUTCString(),
    },
  })
})

/** The upload stays if its first chunk is interrupted: the browser knows its URL, or starts another one. */
const withFirst = (request: Request, userId: string, { id }: UploadState) =>
  appendPiece(userId, id, { offset: 0, body: request.body, checksum: checksumIn(request.headers) })

/** Supported features for resumable uploads. */
export const OPTIONS = () => new Response(null, { status: 204, headers: tusCapabilities(maxFileBytes()) })
