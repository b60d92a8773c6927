import { requireRight } from "@/lib/auth/session"
import { headOf, listGrids, makeGrid } from "@/lib/grids/grids"
import { newGridSchema } from "@/lib/grids/types"
import { readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_BYTES = 600_000

export const GET = route(async (request) => {
  const user = await requireRight(request, "grid:list")
  return Response.json({ grids: await listGrids(user.id) })
})

/** Creates a grid without rows. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "grid:make")
  const grid = await readJson(request, newGridSchema, { maxBytes: MAX_BYTES })
  await consumeRateLimit(user.id, "messages")
  await makeGrid(user, grid)
  return Response.json({ grid: await headOf(user.id, grid.id, languageOf(request.headers)) }, { status: 201 })
})
