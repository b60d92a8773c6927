import { requireRight } from "@/lib/auth/session"
import { gridNotFound, outputColumnsOf, requireGrid } from "@/lib/grids/grids"
import { viewQuerySchema } from "@/lib/grids/types"
import { viewOf } from "@/lib/grids/view"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"

/** The numbers of the matching rows, in order. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:read")
  const grid = await requireGrid(user.id, await idIn(context, gridNotFound))
  const query = readQuery(request, viewQuerySchema)
  await consumeRateLimit(user.id, "searches")
  return Response.json({ rows: await viewOf(grid.id, outputColumnsOf(grid), query) })
})
