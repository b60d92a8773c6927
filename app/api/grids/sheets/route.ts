import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { MAX_SHEET_BYTES, sheetsOf } from "@/lib/grids/sheets"
import { readBytes } from "@/lib/http/body"
import { readQuery, route } from "@/lib/http/route"
import { cleanName } from "@/lib/images/name"
import { requireFeature } from "@/lib/quota/offers"
import { consumeRateLimit } from "@/lib/quota/rates"

const querySchema = z.object({ name: z.string().max(1_000).default("") })

/** Reads the rows of a workbook in the body. Nothing is stored. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  await consumeRateLimit(user.id, "uploads")
  const { name } = readQuery(request, querySchema)
  const bytes = await readBytes(request, MAX_SHEET_BYTES)
  return Response.json({ sheets: await sheetsOf(user.id, bytes, cleanName(name)) })
})
