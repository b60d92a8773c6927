import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { blindView, choose, tallyOf } from "@/lib/evals/blind"
import { runNotFound } from "@/lib/evals/runs"
import { choiceSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, readQuery, route } from "@/lib/http/route"

const MAX_BYTES = 10_000
const querySchema = z.object({ tally: z.literal("1").optional() })

/**
 * The next question with its answers, without any information about their models; `tally=1`: how often each column won.
 */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, runNotFound)
  if (readQuery(request, querySchema).tally) return Response.json({ tally: await tallyOf(user.id, id) })
  return Response.json({ blind: await blindView(user.id, id) })
})

/** Stores which answer was chosen, and returns the next question. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, runNotFound)
  await choose(user.id, id, await readJson(request, choiceSchema, { maxBytes: MAX_BYTES }))
  return Response.json({ blind: await blindView(user.id, id) })
})
