import { requireRight } from "@/lib/auth/session"
import { controlGrid } from "@/lib/grids/control"
import { gridNotFound, headOf } from "@/lib/grids/grids"
import { runRequestSchema } from "@/lib/grids/types"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { consumeRateLimit } from "@/lib/quota/rates"

const MAX_BYTES = 60_000

/** Starts a grid, pauses it, or retries rows. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:change")
  const id = await idIn(context, gridNotFound)
  const asked = await readJson(request, runRequestSchema, { maxBytes: MAX_BYTES })
  // People who have reached the rate limit can still pause it.
  if (asked.action !== "pause") await consumeRateLimit(user.id, "messages")
  await controlGrid(user.id, id, asked)
  return Response.json({ grid: await headOf(user.id, id, languageOf(request.headers)) })
})
