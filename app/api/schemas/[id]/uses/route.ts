import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { schemaNotFound, schemaUses } from "@/lib/schemas/schemas"

/** The chats and presets that use a version of it. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "schema:read")
  return Response.json(await schemaUses(user.id, await idIn(context, schemaNotFound)))
})
