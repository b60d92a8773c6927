import { z } from "zod"
import { confirmPassword } from "@/lib/accounts/confirm"
import { requireSession } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
const body = z.strictObject({ password: z.string().max(2_000) })

/** Confirms with the password that the sender owns the account, for requests in the next 15 minutes. */
export const POST = route(async (request) => {
  const session = await requireSession(request, "account:change")
  await confirmPassword(request, session, (await readJson(request, body, { maxBytes: MAX_BYTES })).password)
  return new Response(null, { status: 204 })
})
