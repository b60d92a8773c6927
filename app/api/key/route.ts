import { z } from "zod"
import { userOf } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { keyAccess, removeKey, setKey } from "@/lib/setup/key"
import { ownerCookie } from "@/lib/setup/owner"

const MAX_BYTES = 8_000
const body = z.object({ key: z.string().max(2_000) })

const askerOf = async (request: Request) => ({ headers: request.headers, user: await userOf(request) })

export const GET = route(async (request) => Response.json(await keyAccess(await askerOf(request))))

export const PUT = route(async (request) => {
  const { key } = await readJson(request, body, { maxBytes: MAX_BYTES })
  const { kept, claims } = await setKey(await askerOf(request), key)
  return Response.json(kept, claims ? { headers: { "set-cookie": await ownerCookie() } } : {})
})

export const DELETE = route(async (request) => Response.json(await removeKey(await askerOf(request))))
