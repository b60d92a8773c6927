import { z } from "zod"
import { invitationCookie } from "@/lib/accounts/invited"
import { networkOfRequest } from "@/lib/auth/attempts"
import { validateInvitation } from "@/lib/auth/invitations"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"
import { consumeLimit, HOUR_MS } from "@/lib/throttle/count-times"

const MAX_BYTES = 1_000
/** Per network and hour. */
const MOST = { most: 600, perMs: HOUR_MS }
const body = z.object({ token: z.string().max(200) })

/** Opens an invitation: this browser can then create an account with it, by any method. Doesn't use it up. */
export const POST = route(async (request) => {
  await consumeLimit("invitation", networkOfRequest(request.headers), MOST)
  const { token } = await readJson(request, body, { maxBytes: MAX_BYTES })
  if (!/^[\w-]+$/.test(token)) throw new AppError("account:invitation")
  await validateInvitation(token)
  return new Response(null, { status: 204, headers: { "set-cookie": invitationCookie(token) } })
})
