import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { changeServer, removeServer, serverState } from "@/lib/mcp/own"
import { changeServerSchema } from "@/lib/mcp/types"
import { consumeRateLimit } from "@/lib/quota/rates"

/** The operator's servers have no UUID: their id is a name after `operator:`. */
const idIn = async ({ params }: IdContext): Promise<string> => (await params).id

/** Requests the server's tools. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "mcp:list")
  await consumeRateLimit(user.id, "searches")
  return Response.json(await serverState(user.id, decodeId(await idIn(context)), languageOf(request.headers)))
})

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "mcp:change")
  await changeServer(user.id, await idIn(context), await readJson(request, changeServerSchema, { maxBytes: 100_000 }))
  return new Response(null, { status: 204 })
})

export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "mcp:change")
  await removeServer(user.id, await idIn(context))
  return new Response(null, { status: 204 })
})

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    throw new AppError("mcp:not_found")
  }
}
