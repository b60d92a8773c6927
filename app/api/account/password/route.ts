import { z } from "zod"
import { changeOwnPassword } from "@/lib/accounts/passwords"
import { requireSession } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
const text = z.string().max(2_000)
/** `current` is null if there is no password yet. */
const body = z.object({ current: text.nullable(), password: text })

/** Changes one's own password; all other sessions end. */
export const PUT = route(async (request) => {
  const session = await requireSession(request, "account:change")
  await changeOwnPassword(request, session, await readJson(request, body, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204 })
})
