import { requireRight } from "@/lib/auth/session"
import { exportState } from "@/lib/export/export"
import { route } from "@/lib/http/route"

/** `{chats, running}`: how much there is to export, and whether an export is on its way. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "data:export")
  return Response.json(await exportState(user.id))
})
