import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { quotaUse } from "@/lib/quota/quotas"

/** `QuotaUsage`: the person's usage today and this month, and their quotas. */
export const GET = route(async (request) => Response.json(await quotaUse(await requireRight(request, "usage:own"))))
