import { requireRight } from "@/lib/auth/session"
import { exportState } from "@/lib/export/export"
import { route } from "@/lib/http/route"

/** `{chats, running}`: the number of chats to export, and whether an export is running. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "data:export")
  return Response.json(await exportState(user.id))
})
