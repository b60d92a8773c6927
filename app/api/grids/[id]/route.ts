import { requireRight } from "@/lib/auth/session"
import { changeGrid, deleteGrid, gridNotFound, headOf } from "@/lib/grids/grids"
import { gridChangeSchema } from "@/lib/grids/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

const MAX_BYTES = 300_000

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:read")
  const id = await idIn(context, gridNotFound)
  return Response.json({ grid: await headOf(user.id, id, languageOf(request.headers)) })
})

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:change")
  const id = await idIn(context, gridNotFound)
  await changeGrid(user, id, await readJson(request, gridChangeSchema, { maxBytes: MAX_BYTES }))
  return Response.json({ grid: await headOf(user.id, id, languageOf(request.headers)) })
})

/** Soft-deletes: `PATCH {deleted: false}` restores it within 30 days. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:change")
  await deleteGrid(user.id, await idIn(context, gridNotFound))
  return new Response(null, { status: 204 })
})
