import { requireActor } from "@/lib/admin/actor"
import { removeLink } from "@/lib/admin/links"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { shareNotFound } from "@/lib/share/shares"

/** Revokes a link of any person. */
export const DELETE = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:shares")
  await removeLink(actor, await idIn(context, shareNotFound))
  return new Response(null, { status: 204 })
})
