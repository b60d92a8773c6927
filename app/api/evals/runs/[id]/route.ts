import { requireRight } from "@/lib/auth/session"
import { runHead } from "@/lib/evals/read"
import { changeRun, deleteRun, runNotFound } from "@/lib/evals/runs"
import { runChangeSchema } from "@/lib/evals/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

const MAX_BYTES = 10_000

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:read")
  const id = await idIn(context, runNotFound)
  return Response.json({ run: await runHead(user.id, id, languageOf(request.headers)) })
})

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  const id = await idIn(context, runNotFound)
  await changeRun(user.id, id, await readJson(request, runChangeSchema, { maxBytes: MAX_BYTES }))
  return Response.json({ run: await runHead(user.id, id, languageOf(request.headers)) })
})

/** Soft-deletes: `PATCH {deleted: false}` restores it within 30 days. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "eval:change")
  await deleteRun(user.id, await idIn(context, runNotFound))
  return new Response(null, { status: 204 })
})
