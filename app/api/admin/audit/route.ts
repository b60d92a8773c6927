import { z } from "zod"
import { auditCsv } from "@/lib/admin/audit-log"
import { csvResponse } from "@/lib/admin/csv"
import { requireRight } from "@/lib/auth/session"
import { readQuery, route } from "@/lib/http/route"

const query = z.strictObject({ person: z.string().max(200).default(""), action: z.string().max(100).default("") })

/** The matching entries of the audit log, as CSV. */
export const GET = route(async (request) => {
  await requireRight(request, "admin:audit")
  return csvResponse("audit-log", auditCsv(readQuery(request, query)))
})
