import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { readQuery, route } from "@/lib/http/route"
import { consumeRateLimit } from "@/lib/quota/rates"
import { searchConversations } from "@/lib/search/search"

const query = z.strictObject({
  /** For longer texts, only the beginning is used. */
  q: z.string().max(20_000),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** `SearchAnswer`. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "conversation:list")
  const { q, limit, cursor } = readQuery(request, query)
  await consumeRateLimit(user.id, "searches")
  return Response.json(await searchConversations(user.id, q, { limit, offset: cursor, signal: request.signal }), {
    headers: { "cache-control": "no-store" },
  })
})
