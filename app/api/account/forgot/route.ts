import { z } from "zod"
import { sendReset } from "@/lib/accounts/passwords"
import { requireEmailAddress } from "@/lib/accounts/rules"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 2_000
const body = z.object({ email: z.string().max(400) })

/** Emails a password reset link. The response is the same whether the address has an account or not. */
export const POST = route(async (request) => {
  const { email } = await readJson(request, body, { maxBytes: MAX_BYTES })
  await sendReset(request, requireEmailAddress(email))
  return new Response(null, { status: 202 })
})
