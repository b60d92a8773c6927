import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { quotaUse } from "@/lib/quota/quotas"

/** `UseOfQuotas`: what the person has used today and this month, and what they may. */
export const GET = route(async (request) => Response.json(await quotaUse(await requireRight(request, "usage:own"))))
