import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { addSchema, listSchemas } from "@/lib/schemas/schemas"
import { newSchemaSchema } from "@/lib/schemas/types"

/** 64,000 characters, each of which may be escaped. */
const MAX_BYTES = 400_000

/** Without their texts, the most recently changed first. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "schema:list")
  return Response.json({ schemas: await listSchemas(user.id) })
})

export const POST = route(async (request) => {
  const user = await requireRight(request, "schema:make")
  const schema = await readJson(request, newSchemaSchema, { maxBytes: MAX_BYTES })
  return Response.json({ schema: await addSchema(user.id, schema) }, { status: 201 })
})
