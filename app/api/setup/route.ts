import { z } from "zod"
import { AppError } from "@/lib/http/errors"
import { peerOf } from "@/lib/http/peer"
import { readJson, route } from "@/lib/http/route"
import { redeemSetupLink } from "@/lib/setup/link"
import { ownerCookie } from "@/lib/setup/owner"
import { consumeLimit, MINUTE_MS } from "@/lib/throttle/count-times"

const MAX_BYTES = 1_000
/** Per minute and address; behind a proxy, for all visitors together. */
const MAX_ATTEMPTS = 10
const body = z.object({ token: z.string().max(200) })

/** Exchanges the one-time link's token for the right to set the API key, stored in a cookie. */
export const POST = route(async (request) => {
  const address = peerOf(request.headers)?.address ?? ""
  await consumeLimit("setup link", address, { most: MAX_ATTEMPTS, perMs: MINUTE_MS })
  const { token } = await readJson(request, body, { maxBytes: MAX_BYTES })
  if (!(await redeemSetupLink(token))) throw new AppError("setup:link")
  return new Response(null, { status: 204, headers: { "set-cookie": await ownerCookie() } })
})
