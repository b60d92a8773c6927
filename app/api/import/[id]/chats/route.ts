import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { previewOf } from "@/lib/import/import"

/** What the file holds: its chats, what is there already, and what can't be read. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "data:import")
  return Response.json(await previewOf(user.id, await idIn(context, () => new AppError("import:not_found"))))
})
