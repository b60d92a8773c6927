import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { MAX_SCHEMA_WORDS } from "@/lib/limits"
import { modelIdSchema } from "@/lib/messages/types"
import { describeSchema } from "@/lib/schemas/write/describe"

const bodySchema = z.strictObject({
  words: z.string().trim().min(1).max(MAX_SCHEMA_WORDS),
  model: modelIdSchema.optional(),
})
const MAX_BYTES = 60_000

/** A model writes a schema from a description: `{text, name}`. Nothing is stored. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "schema:write")
  const asked = await readJson(request, bodySchema, { maxBytes: MAX_BYTES })
  return Response.json(await describeSchema(user, asked, request.signal))
})
