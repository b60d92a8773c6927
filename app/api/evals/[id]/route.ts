import { requireRight } from "@/lib/auth/session"
import { changeEval, deleteEval, evalHead, evalNotFound } from "@/lib/evals/evals"
import { evalChangeSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

const MAX_BYTES = 10_000

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  return Response.json({ eval: await evalHead(user.id, await idIn(context, evalNotFound)) })
})

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, evalNotFound)
  await changeEval(user, id, await readJson(request, evalChangeSchema, { maxBytes: MAX_BYTES }))
  return Response.json({ eval: await evalHead(user.id, id) })
})

/** Soft-deletes: `PATCH {deleted: false}` restores it within 30 days. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  await deleteEval(user.id, await idIn(context, evalNotFound))
  return new Response(null, { status: 204 })
})
