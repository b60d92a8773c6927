import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { MAX_CASES } from "@/lib/evals/contract/eval"
import { caseView } from "@/lib/evals/read"
import { runNotFound } from "@/lib/evals/runs"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

const querySchema = z.object({ number: z.coerce.number().int().min(0).max(MAX_CASES) })

/** Details of one question: the expected answer, the answers, and why each passed or failed. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, runNotFound)
  const { number } = readQuery(request, querySchema)
  return Response.json({ case: await caseView(user.id, id, number, languageOf(request.headers)) })
})
