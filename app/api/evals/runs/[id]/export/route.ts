import { Readable } from "node:stream"
import { requireRight } from "@/lib/auth/session"
import { exportRun } from "@/lib/evals/export"
import { runNotFound } from "@/lib/evals/runs"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"

/** All answers of a run as a JSON array, streamed as they are read. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, runNotFound)
  await consumeRateLimit(user.id, "searches")
  const body = Readable.toWeb(Readable.from(await exportRun(user.id, id))) as ReadableStream
  return new Response(body, {
    headers: { "content-type": "application/json", "content-disposition": 'attachment; filename="eval.json"' },
  })
})
