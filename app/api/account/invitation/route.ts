import { z } from "zod"
import { invitationCookie } from "@/lib/accounts/invited"
import { countTimes, networkOfRequest } from "@/lib/auth/attempts"
import { lookAtInvitation } from "@/lib/auth/invitations"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 1_000
/** From one network in an hour. */
const MOST = 600
const HOUR_MS = 60 * 60_000
const body = z.object({ token: z.string().max(200) })

/** Opens an invitation: this browser may make an account with it, whichever way that is. Uses nothing up. */
export const POST = route(async (request) => {
  countTimes(`invitation ${networkOfRequest(request.headers)}`, MOST, HOUR_MS)
  const { token } = await readJson(request, body, { maxBytes: MAX_BYTES })
  if (!/^[\w-]+$/.test(token)) throw new AppError("account:invitation")
  await lookAtInvitation(token)
  return new Response(null, { status: 204, headers: { "set-cookie": invitationCookie(token) } })
})
