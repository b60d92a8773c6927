import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { keepOutput } from "@/lib/generation/calls/files"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { requireFeature } from "@/lib/quota/offers"
import { consumeRateLimit } from "@/lib/quota/rates"
import { MAX_FILE_BYTES } from "@/lib/sandbox/limits"

const nameSchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}/\\]+$/u)

/** Stores a file written by this conversation's code: the body is its content, `?name=` its name. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  const id = await idIn(context, conversationNotFound)
  await requireFeature("uploads")
  const name = nameSchema.safeParse(new URL(request.url).searchParams.get("name"))
  if (!name.success) throw new AppError("request:invalid/address")
  const bytes = await bytesOf(request)
  await consumeRateLimit(user.id, "uploads")
  return Response.json(await keepOutput(user, id, { name: name.data, bytes }), { status: 201 })
})

async function bytesOf(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.byteLength
    if (size > MAX_FILE_BYTES)
      throw new AppError("request:too_large", { values: { kilobytes: Math.round(MAX_FILE_BYTES / 1_000) } })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
