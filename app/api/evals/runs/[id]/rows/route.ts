import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { MAX_CASES } from "@/lib/evals/contract/eval"
import { runView } from "@/lib/evals/read"
import { runNotFound } from "@/lib/evals/runs"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

/** `rows`: comma-separated numbers; all if omitted. */
const querySchema = z.object({
  rows: z
    .string()
    .regex(/^\d{1,4}(?:,\d{1,4})*$/)
    .transform((text) => text.split(",").map(Number))
    .refine((numbers) => numbers.length <= MAX_CASES, `at most ${MAX_CASES} rows`)
    .optional(),
})

/** The run with its matrix. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, runNotFound)
  const { rows } = readQuery(request, querySchema)
  return Response.json(await runView(user.id, id, rows, languageOf(request.headers)))
})
