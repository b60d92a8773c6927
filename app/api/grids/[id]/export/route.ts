import { Readable } from "node:stream"
import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { exportRows } from "@/lib/grids/export"
import { gridNotFound, requireGrid } from "@/lib/grids/grids"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"

const querySchema = z.object({ format: z.enum(["ndjson", "json"]).default("ndjson") })
const TYPES = { ndjson: "application/x-ndjson", json: "application/json" }

/** All rows with their answers, streamed as they are read. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:read")
  const grid = await requireGrid(user.id, await idIn(context, gridNotFound))
  const { format } = readQuery(request, querySchema)
  await consumeRateLimit(user.id, "searches")
  const body = Readable.toWeb(Readable.from(exportRows(grid, format))) as ReadableStream
  return new Response(body, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="grid.${format}"`,
    },
  })
})
