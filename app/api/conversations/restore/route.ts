import { z } from "zod"
import { restoreAllChats } from "@/lib/accounts/all-chats"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"

const asked = z.strictObject({ deletedAt: z.iso.datetime() })

/** Undoes `DELETE /api/conversations`, identified by the time in its response. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "conversation:change")
  const { deletedAt } = await readJson(request, asked, { maxBytes: 1_000 })
  return Response.json({ count: await restoreAllChats(user.id, new Date(deletedAt)) })
})
