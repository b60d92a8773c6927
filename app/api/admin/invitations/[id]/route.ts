import { requireActor } from "@/lib/admin/actor"
import { invitationNotFound, uninvite } from "@/lib/admin/invitations"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** Revokes an invitation, so that no more accounts can be created with it. */
export const DELETE = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:access")
  await uninvite(actor, await idIn(context, invitationNotFound))
  return new Response(null, { status: 204 })
})
