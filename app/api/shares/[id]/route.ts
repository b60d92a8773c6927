import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { revokeShare, shareNotFound } from "@/lib/share/shares"

async function revoke(request: Request, context: IdContext): Promise<Response> {
  const user = await requireRight(request, "share:revoke")
  await revokeShare(user.id, await idIn(context, shareNotFound))
  return new Response(null, { status: 204 })
}

export const PATCH = route<IdContext>(async (request, context) => {
  await readJson(request, z.strictObject({ revoked: z.literal(true) }), { maxBytes: 1_000 })
  return revoke(request, context)
})

export const DELETE = route<IdContext>(revoke)
