import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { compareRuns } from "@/lib/evals/compare"
import { evalNotFound } from "@/lib/evals/evals"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"

const querySchema = z.object({ a: idSchema, b: idSchema })

/** The cases whose results differ between two runs. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, evalNotFound)
  return Response.json({ columns: await compareRuns(user.id, id, readQuery(request, querySchema)) })
})
