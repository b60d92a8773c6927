import { requireRight } from "@/lib/auth/session"
import { evalHead, listEvals, makeEval } from "@/lib/evals/evals"
import { newEvalSchema } from "@/lib/evals/types"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 10_000

export const GET = route(async (request) => {
  const user = await requireRight(request, "eval:list")
  return Response.json({ evals: await listEvals(user.id) })
})

/** Creates an eval without cases. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "eval:make")
  const asked = await readJson(request, newEvalSchema, { maxBytes: MAX_BYTES })
  await makeEval(user.id, asked)
  return Response.json({ eval: await evalHead(user.id, asked.id) }, { status: 201 })
})
