import { requireActor } from "@/lib/admin/actor"
import { personNotFound, resetLinkFor } from "@/lib/admin/people"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** `{url, expiresAt}`: a link by which the person chooses a new password. It is told this once. */
export const POST = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:people")
  return Response.json(await resetLinkFor(actor, await idIn(context, personNotFound)), { status: 201 })
})
