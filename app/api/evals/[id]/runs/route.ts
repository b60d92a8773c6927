import { requireRight } from "@/lib/auth/session"
import { evalNotFound } from "@/lib/evals/evals"
import { runHead } from "@/lib/evals/read"
import { makeRun } from "@/lib/evals/runs"
import { newRunSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_BYTES = 20_000

/** Creates a run of all cases, and starts it. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, evalNotFound)
  const asked = await readJson(request, newRunSchema, { maxBytes: MAX_BYTES })
  await consumeRateLimit(user.id, "messages")
  await makeRun(user, id, asked)
  return Response.json({ run: await runHead(user.id, asked.id, languageOf(request.headers)) }, { status: 201 })
})
