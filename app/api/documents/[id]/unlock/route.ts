import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { documentNotFound, unlockDocument } from "@/lib/documents/store/documents"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"

const bodySchema = z.strictObject({ password: z.string().min(1).max(1_000) })
const MAX_BYTES = 10_000

/** Reads an encrypted document with its password, which is stored encrypted and never shown. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  const id = await idIn(context, documentNotFound)
  const { password } = await readJson(request, bodySchema, { maxBytes: MAX_BYTES })
  await consumeRateLimit(user.id, "uploads")
  return Response.json(await unlockDocument(user.id, id, password))
})
