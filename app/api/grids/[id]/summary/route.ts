import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { MAX_MODELS } from "@/lib/grids/contract/grid"
import { gridNotFound, outputColumnsOf, requireGrid } from "@/lib/grids/grids"
import { summaryOf } from "@/lib/grids/summary"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"

const querySchema = z.object({
  column: z.string().max(1_000),
  place: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_MODELS - 1)
    .default(0),
})

/** Summarizes a column of one model's answers. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:read")
  const grid = await requireGrid(user.id, await idIn(context, gridNotFound))
  const { column: name, place } = readQuery(request, querySchema)
  const columns = outputColumnsOf(grid)
  const column = columns.find((one) => one.name === name)
  if (!column) throw gridNotFound()
  await consumeRateLimit(user.id, "searches")
  return Response.json({ summary: await summaryOf(grid.id, columns, { column, place }) })
})
