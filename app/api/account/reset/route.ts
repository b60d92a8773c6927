import { z } from "zod"
import { resetPassword } from "@/lib/accounts/passwords"
import { findLink } from "@/lib/auth/one-time-links"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
/** Without a password, the request only checks whether the link can be used. */
const body = z.object({ token: z.string().max(200), password: z.string().max(2_000).optional() })

export const POST = route(async (request) => {
  const { token, password } = await readJson(request, body, { maxBytes: MAX_BYTES })
  if (password === undefined) await findLink("reset", token)
  else await resetPassword(request, token, password)
  return new Response(null, { status: 204 })
})
