import { z } from "zod"
import { confirmEmailChange } from "@/lib/accounts/email"
import { verifyAddress } from "@/lib/accounts/verification"
import { kindOfLink } from "@/lib/auth/one-time-links"
import { userOf } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 1_000
const body = z.object({ token: z.string().max(200) })

/** Confirms an address with the link that was emailed to it: the account's current address or its new one. */
export const POST = route(async (request) => {
  const { token } = await readJson(request, body, { maxBytes: MAX_BYTES })
  const asker = (await userOf(request))?.id ?? null
  if ((await kindOfLink(token)) === "change") await confirmEmailChange(request, token, asker)
  else await verifyAddress(token, asker)
  return new Response(null, { status: 204 })
})
