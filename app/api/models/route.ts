import { listModels } from "@/lib/ai/catalogue"
import { requireUser } from "@/lib/auth/session"
import { route } from "@/lib/http/route"

export const GET = route(async (request) => {
  await requireUser(request)
  return Response.json(await listModels())
})
