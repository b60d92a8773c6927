import { z } from "zod"
import { requestEmailChange } from "@/lib/accounts/email"
import { requireSession } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 2_000
const body = z.strictObject({ email: z.string().max(400) })

/**
 * Emails a link to another address, which becomes the account's when the link is opened (`POST /api/account/verify`).
 */
export const POST = route(async (request) => {
  const session = await requireSession(request, "account:change")
  await requestEmailChange(request, session, (await readJson(request, body, { maxBytes: MAX_BYTES })).email)
  return new Response(null, { status: 202 })
})
