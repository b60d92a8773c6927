import { z } from "zod"
import { requireUser } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { isId, readJson, route } from "@/lib/http/route"
import { revokeShare } from "@/lib/share/shares"

type Context = { params: Promise<{ id: string }> }

async function revoke(request: Request, { params }: Context): Promise<Response> {
  const user = await requireUser(request)
  const { id } = await params
  if (!isId(id)) throw new AppError("share:not_found", "This link does not exist any more.")
  await revokeShare(user.id, id)
  return new Response(null, { status: 204 })
}

export const PATCH = route<Context>(async (request, context) => {
  await readJson(request, z.strictObject({ revoked: z.literal(true) }), { maxBytes: 1_000 })
  return revoke(request, context)
})

export const DELETE = route<Context>(revoke)
