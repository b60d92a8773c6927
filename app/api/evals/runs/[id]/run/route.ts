import { requireRight } from "@/lib/auth/session"
import { runHead } from "@/lib/evals/read"
import { controlRun, runNotFound } from "@/lib/evals/runs"
import { runRequestSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_BYTES = 10_000

/** Starts a run, pauses it, or retries answers. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, runNotFound)
  const asked = await readJson(request, runRequestSchema, { maxBytes: MAX_BYTES })
  // People who have reached the rate limit can still pause it.
  if (asked.action !== "pause") await consumeRateLimit(user.id, "messages")
  await controlRun(user.id, id, asked)
  return Response.json({ run: await runHead(user.id, id, languageOf(request.headers)) })
})
