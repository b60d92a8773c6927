import { requireActor } from "@/lib/admin/actor"
import { personNotFound, resetLinkFor } from "@/lib/admin/people"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** `{url, expiresAt}`: a password reset link for the person, which is shown only once. */
export const POST = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:people")
  return Response.json(await resetLinkFor(actor, await idIn(context, personNotFound)), { status: 201 })
})
