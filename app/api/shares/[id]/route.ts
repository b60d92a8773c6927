import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { changeShareSchema } from "@/lib/share/requests"
import { changeShare, revokeShare, shareNotFound } from "@/lib/share/shares"

const MAX_BYTES = 500_000
const done = () => new Response(null, { status: 204 })

/** Revokes a link, or changes its access and content. */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "share:change")
  const change = await readJson(request, changeShareSchema, { maxBytes: MAX_BYTES })
  const id = await idIn(context, shareNotFound)
  if (!("revoked" in change)) return Response.json({ share: await changeShare(user.id, id, change) })
  await revokeShare(user.id, id)
  return done()
})

export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "share:revoke")
  await revokeShare(user.id, await idIn(context, shareNotFound))
  return done()
})
