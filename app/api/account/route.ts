import { z } from "zod"
import { ownAccountView, rename } from "@/lib/accounts/own"
import { signUp } from "@/lib/accounts/sign-in"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
const name = z.string().max(200)
const wanted = z.object({ email: z.string().max(400), password: z.string().max(2_000), name: name.optional() })
const change = z.object({ name })

/** One's own account; for a guest, that there is none. */
export const GET = route(async (request) =>
  Response.json(await ownAccountView((await requireRight(request, "account:see")).id)),
)

/** Creates an account with an email address and a password, and signs in. */
export const POST = route(async (request) => {
  const { email, password, name } = await readJson(request, wanted, { maxBytes: MAX_BYTES })
  return signUp(request, { email, password, name: name ?? null })
})

export const PATCH = route(async (request) => {
  const { id } = await requireRight(request, "account:change")
  await rename(id, (await readJson(request, change, { maxBytes: MAX_BYTES })).name)
  return new Response(null, { status: 204 })
})
