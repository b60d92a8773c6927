import { z } from "zod"
import { verifyAddress } from "@/lib/accounts/verification"
import { userOf } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 1_000
const body = z.object({ token: z.string().max(200) })

/** Takes the link that was mailed to an address, which shows it to be theirs. */
export const POST = route(async (request) => {
  const { token } = await readJson(request, body, { maxBytes: MAX_BYTES })
  await verifyAddress(token, (await userOf(request))?.id ?? null)
  return new Response(null, { status: 204 })
})
