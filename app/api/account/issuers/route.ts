import { z } from "zod"
import { requireRecentSignIn } from "@/lib/accounts/confirm"
import { requireSession } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"
import { issuerList } from "@/lib/issuers/issuers"
import { connectCookie } from "@/lib/sign-in/connect"

const MAX_BYTES = 1_000
const body = z.object({ issuer: z.string().max(40) })

/** Connects the next sign-in at this issuer to one's account. Throws `account:recent`. */
export const POST = route(async (request) => {
  const session = await requireSession(request, "account:change")
  const { issuer } = await readJson(request, body, { maxBytes: MAX_BYTES })
  if (!issuerList().some((known) => known.id === issuer)) throw new AppError("account:not_found/issuer")
  await requireRecentSignIn(session)
  return new Response(null, { status: 204, headers: { "set-cookie": connectCookie(session.id, issuer) } })
})
