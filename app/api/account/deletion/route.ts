import { z } from "zod"
import { cancelAccountDeletion, requestAccountDeletion } from "@/lib/accounts/deletion"
import { noSessionCookie } from "@/lib/accounts/enter"
import { requireSession } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
const text = z.string().max(2_000).nullable().default(null)
const body = z.strictObject({ email: text, password: text })

/** Requests deletion of one's own account, and signs out. */
export const POST = route(async (request) => {
  const session = await requireSession(request, "account:delete")
  await requestAccountDeletion(request, session, await readJson(request, body, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204, headers: { "set-cookie": noSessionCookie() } })
})

/** Cancels the request. */
export const DELETE = route(async (request) => {
  await cancelAccountDeletion(await requireSession(request, "account:delete"))
  return new Response(null, { status: 204 })
})
