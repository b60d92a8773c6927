import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { bringBack, editSchema, removeSchema, schemaNotFound, schemaOf } from "@/lib/schemas/schemas"
import { schemaChangeSchema } from "@/lib/schemas/types"

const MAX_BYTES = 400_000

/** With the text of its newest version. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:read")
  return Response.json({ schema: await schemaOf(user.id, await idIn(context, schemaNotFound)) })
})

/**
 * A changed text creates a new version. 409 if the schema was changed since `revision`. Responds with the schema after
 * the change.
 */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:change")
  const id = await idIn(context, schemaNotFound)
  const change = await readJson(request, schemaChangeSchema, { maxBytes: MAX_BYTES })
  const schema = "deleted" in change ? await bringBack(user.id, id) : await editSchema(user.id, id, change)
  return Response.json({ schema })
})

/** Soft-deletes: `PATCH {deleted: false}` restores it within 30 days. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:change")
  await removeSchema(user.id, await idIn(context, schemaNotFound))
  return new Response(null, { status: 204 })
})
