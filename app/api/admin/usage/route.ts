import { z } from "zod"
import { csvResponse } from "@/lib/admin/csv"
import { spanOf, usageCsv } from "@/lib/admin/usage"
import { requireRight } from "@/lib/auth/session"
import { readQuery, route } from "@/lib/http/route"

const query = z.strictObject({ from: z.string().max(10).default(""), to: z.string().max(10).default("") })

/** Usage per day, person, and model, as CSV. */
export const GET = route(async (request) => {
  await requireRight(request, "admin:usage")
  const { from, to } = readQuery(request, query)
  const span = spanOf(from, to)
  return csvResponse(`usage-${span.from}-${span.to}`, usageCsv(span))
})
