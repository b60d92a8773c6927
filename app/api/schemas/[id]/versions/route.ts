import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { restoreVersion, schemaNotFound, versionList } from "@/lib/schemas/schemas"
import { restoreRequestSchema } from "@/lib/schemas/types"

const MAX_BYTES = 1_000

/** Newest first, without their texts. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:read")
  return Response.json({ versions: await versionList(user.id, await idIn(context, schemaNotFound)) })
})

/** Restores the text of an earlier version as the newest one. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:change")
  const id = await idIn(context, schemaNotFound)
  const wanted = await readJson(request, restoreRequestSchema, { maxBytes: MAX_BYTES })
  return Response.json({ schema: await restoreVersion(user.id, id, wanted) }, { status: 201 })
})
