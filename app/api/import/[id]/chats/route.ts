import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { previewOf } from "@/lib/import/import"

/** The content of the file: its chats, which already exist, and what can't be read. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "data:import")
  return Response.json(await previewOf(user.id, await idIn(context, () => new AppError("import:not_found"))))
})
