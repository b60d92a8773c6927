import { endSession } from "@/lib/auth/ending"
import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"

const notFound = () => new AppError("account:not_found/session")

/** Ends one of one's own sessions immediately. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "account:change")
  if (!(await endSession(await idIn(context, notFound), user.id))) throw notFound()
  return new Response(null, { status: 204 })
})
