import { requireRight } from "@/lib/auth/session"
import { modelRecord, resetRecord } from "@/lib/chat/record"
import { route } from "@/lib/http/route"

/** The results of this person's model comparisons. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "model:judge")
  return Response.json({ record: await modelRecord(user.id) })
})

/** Deletes all of them. */
export const DELETE = route(async (request) => {
  const user = await requireRight(request, "model:judge")
  await resetRecord(user.id)
  return new Response(null, { status: 204 })
})
