import { requireActor } from "@/lib/admin/actor"
import { invitationSchema, invite } from "@/lib/admin/invitations"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 4_000

/** `{id, url}`: a new invitation link, which is shown only once. */
export const POST = route(async (request) => {
  const actor = await requireActor(request, "admin:access")
  const wish = await readJson(request, invitationSchema, { maxBytes: MAX_BYTES })
  return Response.json(await invite(actor, wish), { status: 201 })
})
