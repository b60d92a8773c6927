import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { deleteOwnKey, ownKeyState, setOwnKey, useOwnKey } from "@/lib/setup/own-key"

const MAX_BYTES = 8_000
const given = z.strictObject({ key: z.string().max(2_000) })
const chosen = z.strictObject({ inUse: z.boolean() })

/** The state of the person's own API key, never the key itself. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "key:own")
  return Response.json(await ownKeyState(user.id))
})

/** Checks a key, stores it, and uses it from now on. */
export const PUT = route(async (request) => {
  const user = await requireRight(request, "key:own")
  const { key } = await readJson(request, given, { maxBytes: MAX_BYTES })
  return Response.json(await setOwnKey(user.id, key))
})

/** Switches between the person's own key and Sparkler's. */
export const PATCH = route(async (request) => {
  const user = await requireRight(request, "key:own")
  const { inUse } = await readJson(request, chosen, { maxBytes: MAX_BYTES })
  return Response.json(await useOwnKey(user.id, inUse))
})

export const DELETE = route(async (request) => {
  const user = await requireRight(request, "key:own")
  return Response.json(await deleteOwnKey(user.id))
})
