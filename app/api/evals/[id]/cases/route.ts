import { requireRight } from "@/lib/auth/session"
import { evalHead, evalNotFound, putCases } from "@/lib/evals/evals"
import { casesChangeSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000_000

/** Changes, adds, and removes cases. */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, evalNotFound)
  const { put, remove, before } = await readJson(request, casesChangeSchema, { maxBytes: MAX_BYTES })
  await putCases(user.id, id, put, remove, before)
  return Response.json({ eval: await evalHead(user.id, id) })
})
